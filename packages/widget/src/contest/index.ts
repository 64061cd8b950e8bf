import type { Kit } from '../kit.ts';
import { phaseOf } from '../stores/phase.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { english } from './english.ts';
import { entries } from './entries.ts';
import { foot } from './foot.ts';
import { head } from './head.ts';
import { joining } from './joining.ts';
import { learn } from './learn.ts';
import { line } from './line.ts';
import { play } from './play.ts';
import { prizes } from './prizes.ts';
import { standing } from './standing.ts';
import type { ContestStore } from './state.ts';
import { createContest } from './store.ts';

export { english } from './english.ts';
export { style } from './style.ts';

/** The store of one `<laurel-contest>`. */
export const open = (kit: Kit, host: Host): ContestStore => createContest(kit, host);

/** A contest: what there is to win and the odds, then what to do and where points came from; after the end who won, and why. */
export function view(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h, chunk, cleanName } = kit;
  const { view, failed } = store.state.value;
  if (!view) return failed ? null : undefined;
  if (!learn(kit, drawn.language, english)) return undefined;
  const { contest, me } = view;
  const over = phaseOf(contest) === 'over';
  const soon = phaseOf(contest) === 'soon';
  const out = !!me?.disqualified;
  const running = !over && !out;
  return h(
    'section',
    { class: 'card contest', part: 'card', 'aria-label': cleanName(contest.name) },
    head(kit, view, store, drawn),
    over && chunk('results')?.results(kit, store, drawn),
    (!over || !view.results?.items.length) && prizes(kit, view, drawn),
    standing(kit, view, drawn),
    running && joining(kit, store, drawn),
    me?.position && line(kit, store, drawn),
    running && !soon && me && contest.instantWin && play(kit, store, drawn),
    h(
      'div',
      { class: 'halves' },
      running && contest.actions.length > 0 && chunk('steps')?.steps(kit, store, drawn),
      me && (me.sources.length > 0 || contest.actions.length > 0) && entries(kit, view, drawn),
      me && !out && contest.teamSize !== null && chunk('team')?.team(kit, store, drawn),
    ),
    foot(kit, view, drawn),
  );
}
