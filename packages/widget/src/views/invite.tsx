import { useEffect, useId, useRef } from 'preact/hooks';
import { Copy } from '../parts/copy.tsx';
import { Funnel } from '../parts/funnel.tsx';
import { Heading } from '../parts/heading.tsx';
import { cleanName } from '../parts/name.ts';
import { canShare, ShareButton, ShareTargets } from '../parts/share.tsx';
import type { Drawn } from '../shell/frame.tsx';
import type { Me, Program, Referral } from '../stores/referral.ts';
import type { Session } from '../stores/session.ts';

interface InviteProps extends Drawn {
  session: Session;
  store: Referral;
  program: Program;
  me: Me;
  heading: number;
}

/** The card of somebody who takes part: their link, ways to send it, and what came of it. */
export function Invite({ session, store, program, me, heading, language, lively, reserved, say }: InviteProps) {
  useEffect(() => lively?.followCard(session, store), [lively, session, store]);
  const field = useRef<HTMLInputElement>(null);
  const label = useId();
  const name = cleanName(program.name);
  const select = () => {
    field.current?.focus();
    field.current?.select();
  };
  const sharing = canShare() && !program.archivedAt;
  return (
    <section class="card" part="card" style={{ 'min-block-size': reserved }} aria-label={name}>
      <div class="invite two">
        <div class="head">
          <Heading level={heading}>
            <bdi>{program.headline ?? language.say('headline', { name })}</bdi>
          </Heading>
          <p class="muted" id={label}>
            {language.say(program.archivedAt ? 'archived' : 'linkHint')}
          </p>
        </div>
        <div class="linkbox">
          <input
            ref={field}
            class="field"
            part="link"
            type="text"
            readOnly
            value={me.referralLink}
            aria-label={language.say('linkLabel')}
            aria-describedby={label}
            onFocus={(event) => event.currentTarget.select()}
          />
          <div class="actions">
            {sharing && <ShareButton link={me.referralLink} name={name} language={language} />}
            <Copy text={me.referralLink} primary={!sharing} language={language} select={select} say={say} />
          </div>
        </div>
        {!program.archivedAt && <ShareTargets link={me.referralLink} name={name} language={language} />}
        <Funnel me={me} language={language} />
      </div>
    </section>
  );
}
