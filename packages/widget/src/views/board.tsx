import { h } from 'preact';
import { chunk } from '../chunks.ts';
import { boardFoot } from '../parts/board-foot.tsx';
import { clock } from '../parts/board-head.tsx';
import { boardTable } from '../parts/board-table.tsx';
import { cleanName } from '../parts/name.ts';
import { avatar, named, rank } from '../parts/person.tsx';
import { place } from '../parts/place.tsx';
import { title } from '../parts/title.ts';
import type { Leaderboard } from '../stores/leaderboard.ts';
import { phaseOf } from '../stores/phase.ts';
import type { Drawn } from './kind.ts';

const note = (text: string) => (
  <p class="note small" part="error">
    {text}
  </p>
);

const calm = ([title, text]: readonly string[] = []) => (
  <div class="calm">
    <b>{title}</b>
    <p class="muted">{text}</p>
  </div>
);

// Focus must not fall off the page with a button that goes.
const focusLater = (button: Element, index: number) => {
  const rows = button.closest('.board')?.getElementsByClassName('rows')[0] as HTMLTableElement | undefined;
  setTimeout(() => {
    if (!button.isConnected) rows?.querySelectorAll<HTMLElement>('[data-id]')[index]?.focus();
  }, 50);
};

/** A board that is known, in whatever phase its contest is; `undefined` until what it is drawn with is there. */
export function board(store: Leaderboard, { read, heading, language }: Drawn) {
  const state = store.state.value;
  const { view } = state;
  if (!view) return state.failed ? null : undefined;
  const steps = read('podium') === undefined ? null : chunk('podium');
  if (steps === undefined) return undefined;
  const { say, date } = language;
  const { contest, page, own } = view;
  const { items: rows, participants, hidden } = page;
  const phase = phaseOf(contest);
  const over = phase === 'over';
  const name = cleanName(contest.name);
  const some = rows.length > 0 && !hidden;
  const skip = steps && some && rows.length >= 3 ? 3 : 0;
  const open = phase !== 'soon' && !hidden;
  const windows = open && contest.period !== 'contest';
  const release = ({ currentTarget, detail }: MouseEvent) => {
    store.release();
    if (detail === 0) focusLater(currentTarget as Element, 0);
  };
  const showMore = async ({ currentTarget }: { currentTarget: Element }) => {
    await store.showMore();
    focusLater(currentTarget, rows.length);
  };
  return (
    <section class="card board" part="card" aria-label={name}>
      <div class="top">
        {title(heading, name)}
        {clock(phase, view, state, language)}
      </div>
      {windows &&
        (chunk('tabs')?.tabs(h, state.window, contest.period, store.choose, language) ?? <div class="tabs" />)}
      {state.offline && note(say('offline', { time: date(view.at, 'time') }))}
      {own && open && place(view, over, language)}
      <div class="stage" id="panel" role={windows ? 'tabpanel' : undefined} aria-busy={state.window !== page.window}>
        {state.changes > 0 && (
          <div class="pill">
            <button type="button" class="button primary" onClick={release}>
              {say('changes', { n: state.changes })}
            </button>
          </div>
        )}
        {skip > 0 && steps?.podium({ h, avatar, named, rank }, rows.slice(0, 3), own?.standing?.id, language)}
        {some
          ? rows.length > skip && boardTable(view, name, skip, state.moved, language)
          : calm(chunk('calm')?.calm(phase, view, language))}
        {some && !over && rows.length < store.limit && participants <= rows.length && (
          <p class="room small muted">{chunk('calm')?.free(rows.length, language)}</p>
        )}
      </div>
      {some && participants > rows.length && (
        <button type="button" class="button more" aria-busy={state.more === 'busy'} onClick={showMore}>
          {say('more')}
        </button>
      )}
      {state.more === 'failed' && note(say('failed'))}
      {boardFoot(view, store, language, over)}
    </section>
  );
}
