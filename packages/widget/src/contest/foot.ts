import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import type { View } from './state.ts';

/** The address of something of a contest that a browser opens by itself. */
export const addressOf = ({ session }: Kit, contest: string, path: string): string =>
  `${(session.stranger.peek().baseUrl ?? '').replace(/\/+$/, '')}/contests/${encodeURIComponent(contest)}/${path}`;

/** The official rules, who is behind it, and as of when all this was. */
export function foot(kit: Kit, { contest, at }: View, { language: { say, date } }: Drawn) {
  const { h, Link, cleanName } = kit;
  const { sponsor } = contest.rules;
  return h(
    'div',
    { class: 'foot small muted facts', part: 'footer' },
    h(
      'p',
      null,
      h(Link, { href: addressOf(kit, contest.id, 'rules.html'), outside: true, part: 'terms' }, say('rulesLink')),
      sponsor && [' · ', h('bdi', null, cleanName(sponsor))],
    ),
    h('p', { class: 'numbers' }, say('asOf', { time: date(at, 'time') })),
  );
}
