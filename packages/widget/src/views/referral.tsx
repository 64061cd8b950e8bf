import { chunk } from '../chunks.ts';
import { kit } from '../kit.ts';
import type { Chunks } from '../load.ts';
import { cleanName } from '../parts/name.ts';
import { title } from '../parts/title.ts';
import { createReferral, type Referral } from '../stores/referral.ts';
import { session } from '../stores/session.ts';
import { invite } from './invite.tsx';
import type { Kind } from './kind.ts';

/** A card and what is the participant's own beside link and numbers: rewards, reviews, settings. */
export interface Stage {
  store: Referral;
  own?: ReturnType<Chunks['own']['createOwn']> | undefined;
  error(code: string): void;
  stop(): void;
}

/** `<laurel-referral>`: the visitor's own link, numbers and rewards, or how to get them. */
export const referral: Kind<Stage> = {
  name: 'laurel-referral',
  keys: ['program'],
  options: ['join-url'],
  open({ read, error }) {
    const store = createReferral(read('program') ?? '', error);
    const stage: Stage = {
      store,
      error,
      stop() {
        stage.own?.stop();
        store.stop();
      },
    };
    return stage;
  },
  view(stage, drawn) {
    const { store } = stage;
    const { view, failed } = store.state.value;
    if (!view) return failed ? null : undefined;
    const { program, me } = view;
    const name = cleanName(program.name);
    const top = title(drawn.heading, program.headline ?? drawn.language.say('headline', { name }));
    const part = me ? null : chunk('join');
    const stranger = part === null ? null : part?.join(kit, store, program, top, drawn);
    if (stranger === undefined) return undefined;
    if (me && drawn.near) stage.own ??= chunk('own')?.createOwn(kit, store, program.slug, stage.error);
    return (
      (me || stranger) && (
        <section class="card" part="card" aria-label={name}>
          {me ? invite(stage, program, me, top, drawn) : stranger}
          {/* The line of the small print is kept until it is there. */}
          {me && (stage.own?.below(drawn) ?? <p class="print small" />)}
        </section>
      )
    );
  },
  skeleton: () => <div class={`card bones ${session.own.value ? 'big' : 'less'}`} part="card" aria-hidden="true" />,
};
