import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Lively } from '../lively/load.ts';
import { BoardFoot } from '../parts/board-foot.tsx';
import { BoardTable } from '../parts/board-table.tsx';
import { Calm } from '../parts/calm.tsx';
import { Clock } from '../parts/clock.tsx';
import { Heading } from '../parts/heading.tsx';
import { cleanName } from '../parts/name.ts';
import { Place } from '../parts/place.tsx';
import { Podium } from '../parts/podium.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { Drawn } from '../shell/frame.tsx';
import { useValue } from '../shell/use-value.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';
import { phaseOf } from '../stores/phase.ts';
import type { Session } from '../stores/session.ts';

interface BoardProps extends Drawn {
  session: Session;
  store: Leaderboard;
  view: View;
  podium: boolean;
  heading: number;
}

/** A board that is known, in whatever phase its contest is. */
export function Board({
  session,
  store,
  view,
  podium,
  heading,
  language,
  lively,
  reserved,
  say: announce,
}: BoardProps) {
  const stage = useRef<HTMLDivElement>(null);
  const panel = useId();
  const speaking = useRef(language);
  speaking.current = language;
  const places = useRef<ReturnType<Lively['glide']>>(undefined);
  useLayoutEffect(() => {
    if (lively && stage.current) places.current = lively.glide(stage.current, places.current);
  });
  useEffect(() => {
    if (!lively || !stage.current) return;
    return lively.liveBoard({ session, store, stage: stage.current, language: speaking, say: announce });
  }, [lively, session, store]);
  const window = useValue(store.window);
  const offline = useValue(store.offline);
  const live = useValue(store.live);
  const more = useValue(store.more);
  const changes = useValue(store.changes);
  const before = useValue(store.before);
  const { say, date } = language;
  const { contest, page, own } = view;
  const rows = page.items;
  const phase = phaseOf(view);
  const over = phase === 'over';
  const steps = podium && rows.length >= 3 ? 3 : 0;
  const name = cleanName(contest.name);
  const showRows = rows.length > 0 && !page.hidden;
  const { period } = contest;
  const windows = period !== 'contest' && phase !== 'soon' && !page.hidden;

  // Focus must not fall off the page with a button that goes.
  const focusRow = (index: number) => stage.current?.querySelectorAll<HTMLElement>('tr[data-id]')[index]?.focus();
  const release = (event: MouseEvent) => {
    store.release();
    if (event.detail === 0) setTimeout(focusRow, 50, 0);
  };
  const showMore = async ({ currentTarget }: { currentTarget: Element }) => {
    await store.showMore();
    setTimeout(() => currentTarget.isConnected || focusRow(rows.length), 50);
  };

  return (
    <section class="card board" part="card" style={{ 'min-block-size': reserved }} aria-label={name}>
      <div class="top">
        <Heading level={heading}>
          <bdi>{name}</bdi>
        </Heading>
        <Clock phase={phase} contest={contest} live={live} language={language} onZero={store.deadline} />
      </div>
      {windows && (
        <Tabs
          label={say('windows')}
          controls={panel}
          value={window}
          options={[
            { value: 'all', label: say('all') },
            { value: 'period', label: say(period) },
          ]}
          onChoose={store.choose}
        />
      )}
      {offline && (
        <p class="note" part="error">
          {say('offline', { time: date(view.at, 'time') })}
        </p>
      )}
      {own && !page.hidden && phase !== 'soon' && (
        <Place rows={rows} own={own} participants={page.participants} over={over} language={language} />
      )}
      <div
        class="stage"
        id={panel}
        ref={stage}
        role={windows ? 'tabpanel' : undefined}
        aria-busy={window !== page.window}
      >
        {changes > 0 && (
          <div class="pill">
            <button type="button" class="button primary" onClick={release}>
              {say('changes', { n: changes })}
            </button>
          </div>
        )}
        {showRows && steps > 0 && <Podium rows={rows.slice(0, 3)} mine={own?.standing?.id} language={language} />}
        {showRows && rows.length > steps && (
          <BoardTable
            caption={`${say('board')}: ${name}`}
            rows={rows}
            skip={steps}
            own={own}
            before={before}
            language={language}
          />
        )}
        {!showRows && <Calm phase={phase} view={view} language={language} />}
        {showRows && !over && rows.length < store.limit && page.participants <= rows.length && (
          <p class="room">{say('free', { from: language.number(rows.length + 1) })}</p>
        )}
      </div>
      {showRows && page.participants > rows.length && (
        <button type="button" class="button more" aria-busy={more === 'busy'} onClick={showMore}>
          {say('more')}
        </button>
      )}
      {more === 'failed' && (
        <p class="note" part="error">
          {say('failed')}
        </p>
      )}
      <BoardFoot view={view} language={language} />
    </section>
  );
}
