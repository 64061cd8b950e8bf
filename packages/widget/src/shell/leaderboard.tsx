import { useEffect, useMemo, useRef } from 'preact/hooks';
import { emit } from '../emit.ts';
import { createLeaderboard } from '../stores/leaderboard.ts';
import { Frame, type ShellProps } from './frame.tsx';
import { useValue } from './use-value.ts';

/** What a leaderboard is told by its attributes. */
export interface LeaderboardShellProps extends ShellProps {
  /** Id or slug of the contest. */
  contest: string;
  /** How many rows from the top. */
  limit: number;
  /** Shows the first three on a podium. */
  podium: boolean;
}

/** A leaderboard, from its skeleton to its final results. */
export function LeaderboardShell(props: LeaderboardShellProps) {
  const { session, contest, limit, podium, heading } = props;
  const root = useRef<HTMLDivElement>(null);
  const store = useMemo(
    () => createLeaderboard(session, contest, limit, (code) => emit(root.current, 'error', { code })),
    [session, contest, limit],
  );
  useEffect(() => store.stop, [store]);
  const view = useValue(store.view);
  const own = useValue(session.own);
  return (
    <Frame
      {...props}
      root={root}
      element="laurel-leaderboard"
      id={contest}
      ready={!!view}
      failed={useValue(store.failed)}
      skeleton={<BoardSkeleton rows={limit} podium={podium} own={!!own} />}
      draw={({ Board }, drawn) => (
        <Board {...drawn} {...{ session, store, podium, heading }} view={view as NonNullable<typeof view>} />
      )}
    />
  );
}

/** Lines as high as the rows that will stand there. */
function BoardSkeleton({ rows, podium, own }: { rows: number; podium: boolean; own: boolean }) {
  const count = podium ? rows - 3 : rows;
  return (
    <div class="card board bones" part="card" aria-hidden="true">
      <i class="bone-title" />
      <i class="bone-tabs" />
      {own && <i class="bone-place" />}
      {podium && <i class="podium" />}
      <i class="bone-rows" style={{ '--rows': `${count + (own ? 3.7 : 0)}` }} />
      <i class="bone-foot" />
    </div>
  );
}
