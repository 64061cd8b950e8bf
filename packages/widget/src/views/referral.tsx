import { h } from 'preact';
import { chunk } from '../chunks.ts';
import { emit } from '../emit.ts';
import { Link } from '../parts/link.tsx';
import { cleanName } from '../parts/name.ts';
import { safeUrl } from '../parts/safe-url.ts';
import { title } from '../parts/title.ts';
import { createReferral, type Referral } from '../stores/referral.ts';
import { session } from '../stores/session.ts';
import { invite } from './invite.tsx';
import type { Kind } from './kind.ts';

/** `<laurel-referral>`: the visitor's own link and numbers, or how to get them. */
export const referral: Kind<Referral> = {
  name: 'laurel-referral',
  keys: ['program'],
  options: ['join-url'],
  open: ({ read, error }) => createReferral(read('program') ?? '', error),
  view(store, drawn) {
    const { view, failed, copied } = store.state.value;
    if (!view) return failed ? null : undefined;
    const { program, me } = view;
    const stranger = me ? null : chunk('join');
    if (stranger === undefined) return undefined;
    const name = cleanName(program.name);
    const top = title(drawn.heading, program.headline ?? drawn.language.say('headline', { name }));
    return (
      <section class="card" part="card" aria-label={name}>
        {me
          ? invite(store, program, me, copied, top, drawn)
          : stranger?.join({ h, Link, emit, safeUrl }, program, top, drawn)}
      </section>
    );
  },
  skeleton: () => <div class={`card bones ${session.own.value ? 'big' : 'less'}`} part="card" aria-hidden="true" />,
};
