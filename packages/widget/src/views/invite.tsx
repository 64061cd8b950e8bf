import type { VNode } from 'preact';
import { chunk, fetchChunk } from '../chunks.ts';
import { kit } from '../kit.ts';
import { copy } from '../parts/copy.tsx';
import { funnel } from '../parts/funnel.tsx';
import { icon, paths } from '../parts/icon.tsx';
import { cleanName } from '../parts/name.ts';
import type { Me, Program } from '../stores/referral.ts';
import type { Drawn } from './kind.ts';
import type { Stage } from './referral.tsx';

/** The card of somebody who takes part: their link, ways to send it, and what came of it. */
export function invite({ store, own }: Stage, program: Program, me: Me, title: VNode, drawn: Drawn) {
  const { copied, hint } = store.state.value;
  const { near, language } = drawn;
  const { say } = language;
  const name = cleanName(program.name);
  const archived = !!program.archivedAt;
  const native = !archived && typeof navigator.share === 'function';
  const link = me.referralLink;
  const share = async ({ currentTarget }: { currentTarget: Element }) => {
    (await fetchChunk('share'))?.openSheet(currentTarget, link, name, language);
  };
  return (
    <div class="invite">
      <div class="head">
        {title}
        <p class="muted" id="hint">
          {hint || say(archived ? 'archived' : 'linkHint')}
        </p>
      </div>
      <div class="linkbox">
        <input
          class="field"
          part="link"
          readOnly
          value={link}
          aria-label={say('linkLabel')}
          aria-describedby="hint"
          onFocus={(event) => event.currentTarget.select()}
        />
        {native && (
          <button type="button" part="share" class="button primary" onClick={share}>
            {icon(paths.share)}
            {say('share')}
          </button>
        )}
        {copy(store, link, copied, !native, drawn)}
      </div>
      {/* The room for the targets and tools is kept until they are there. */}
      {!archived && (
        <ul class="targets" aria-label={say('share')}>
          {near && chunk('share')?.targets(kit, link, name, language)}
        </ul>
      )}
      {!archived && <div class="tools">{own?.tools(me, program, drawn)}</div>}
      {funnel(me, language)}
    </div>
  );
}
