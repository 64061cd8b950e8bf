import { focusLater, rootOf } from '../contest/focus.ts';
import { learn } from '../contest/learn.ts';
import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { cohort } from './cohort.ts';
import { type BoardsStore, createBoards } from './store.ts';
import { type Line, table } from './table.ts';
import { words as english } from './words.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** The store of one `<laurel-leaderboard view="…">`. */
export const open = (kit: Kit, host: Host): BoardsStore => createBoards(kit, host);

const titles = {
  friends: 'boardFriends',
  teams: 'boardTeams',
  cohort: 'boardCohort',
  previous: 'boardPrevious',
  interval: 'boardInterval',
} as const;
const empties = {
  friends: 'friendsEmpty',
  teams: 'teamsEmpty',
  previous: 'previousEmpty',
  interval: 'intervalEmpty',
  cohort: 'cohortNone',
} as const;

/** A board of some: friends, teams, the own cohort, or everybody in the period before. */
export function view(kit: Kit, store: BoardsStore, drawn: Drawn) {
  const { h, cleanName, title } = kit;
  const { language, heading } = drawn;
  const { say, date } = language;
  const { view, failed, more } = store.state.value;
  if (!view) return failed ? null : undefined;
  if (!learn(kit, language, english)) return undefined;
  const { contest, kind, page, at } = view;
  const name = cleanName(contest.name);
  const words = say(titles[kind]);
  const empty = () => {
    if (view.refused) return say(kind === 'teams' ? 'teamsNone' : 'leagueNone');
    if (!page) return say(kind === 'friends' ? 'boardSignedOut' : 'cohortSignedOut');
    return say(empties[kind]);
  };
  const span =
    page &&
    kind !== 'friends' &&
    kind !== 'teams' &&
    say('spanOf', {
      from: date(page.startsAt, 'full', contest.timeZone),
      to: date(page.endsAt, 'full', contest.timeZone),
    });
  const lines: Line[] = view.lines;
  return h(
    'section',
    { class: 'card board some', part: 'card', 'aria-label': `${name}: ${words}` },
    h('div', { class: 'top' }, title(heading, name), h('p', { class: 'clock small muted' }, words)),
    span && h('p', { class: 'small muted' }, span),
    kind === 'cohort' && page && 'cohort' in page && cohort(kit, store, page.cohort, language),
    lines.length > 0
      ? table(kit, `${name}: ${words}`, lines, language)
      : h('div', { class: 'calm' }, h('p', { class: 'muted' }, empty())),
    view.nextCursor &&
      h(
        'button',
        {
          type: 'button',
          class: 'button more',
          'aria-busy': more === 'busy',
          onClick: async ({ currentTarget }: MouseEvent) => {
            const root = rootOf(currentTarget as Element);
            await store.showMore();
            if (!(currentTarget as Element).isConnected) focusLater(root, `tbody tr:nth-child(${lines.length + 1})`);
          },
        },
        say('more'),
      ),
    more === 'failed' && h('p', { class: 'note small', part: 'error' }, say('failed')),
    h(
      'div',
      { class: 'foot small muted', part: 'footer' },
      h('p', { class: 'numbers' }, say('asOf', { time: date(at, 'time') })),
    ),
  );
}
