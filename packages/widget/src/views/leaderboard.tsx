import { chunk, fetchChunk } from '../chunks.ts';
import { tintChanges } from '../parts/tint.ts';
import { createLeaderboard, type Leaderboard } from '../stores/leaderboard.ts';
import { session } from '../stores/session.ts';
import { board } from './board.tsx';
import { type Kind, type Read, whole } from './kind.ts';
import { type Late, late } from './late.ts';

/** A board and what makes it move. */
interface Stage {
  store: Leaderboard;
  /** Lets rows glide and holds them for readers, once that is there. */
  motion?: { drawn(): void; stop(): void } | undefined;
  stop(): void;
}

/** Boards of some: friends, teams, a cohort, the period before. */
const boards = late('boards');

const limitOf = (read: Read) => whole(read('limit'), 10, 100);

/** `<laurel-leaderboard>`, from its skeleton to its final results. */
export const leaderboard: Kind<Stage | Late> = {
  name: 'laurel-leaderboard',
  keys: ['contest', 'limit', 'view', 'interval'],
  options: ['podium'],
  open(host) {
    const { read, error, say, language } = host;
    if (read('view')) return boards.open(host);
    const store = createLeaderboard(read('contest') ?? '', limitOf(read), {
      error,
      shown: (before, after) =>
        void fetchChunk('live').then((live) => live && say(live.tellChanges(before, after, language()))),
      waiting: (changes) => say(language().say('saidChanges', { n: changes })),
    });
    const stage: Stage = {
      store,
      stop() {
        stage.motion?.stop();
        store.stop();
      },
    };
    return stage;
  },
  view: (stage, drawn) => ('host' in stage ? boards.view(stage, drawn) : board(stage.store, drawn)),
  skeleton(read) {
    const rows = limitOf(read) + (read('podium') === undefined ? 0 : 1.3) + (session.own.value ? 5.3 : 0);
    return <div class="card bones" part="card" aria-hidden="true" style={{ '--rows': `${rows}` }} />;
  },
  drawn(stage, root, near) {
    if ('host' in stage) return;
    tintChanges(root);
    if (near) stage.motion ??= chunk('motion')?.enliven(root, stage.store);
    stage.motion?.drawn();
  },
};
