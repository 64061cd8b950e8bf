import type { Contest } from './form.ts';
import type { Answer, Call } from './store.ts';

/** A page of the board, or what was shown of it. */
type Board = Answer<'leaderboards', 'list'>;

/** What is known of a contest that runs or has ended; `null` where it could not be read. */
export interface After {
  history: Answer<'contests', 'history'>['items'];
  draw: Answer<'draws', 'get'> | null;
  published: boolean | null;
  winners: Answer<'draws', 'winners'>['items'];
  disqualifications: Answer<'draws', 'disqualifications'>['items'];
  board: Pick<Board, 'items' | 'nextCursor'> | null;
}

type Connection = Parameters<Call>[0];

/** Every page of a list, up to a thousand. */
async function every<Item>(
  page: (cursor: { cursor?: string }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | null = '';
  for (let turn = 0; turn < 10 && cursor !== null; turn += 1) {
    const answer: { items: Item[]; nextCursor: string | null } = await page(cursor ? { cursor } : {});
    all.push(...answer.items);
    cursor = answer.nextCursor;
  }
  return all;
}

/** What the board, the history, the draw and its winners are now. What is not there yet is left out, without an error. */
export async function readAfter(
  call: Call,
  who: Connection,
  { id, state }: Contest,
  was: After | null,
): Promise<After> {
  const contest = { contest: id };
  const begun = state !== 'draft' && state !== 'scheduled';
  const ended = state === 'frozen' || state === 'drawn' || state === 'closed';
  const maybe = async <Value>(wanted: boolean, work: () => Promise<Value>, none: Value): Promise<Value> => {
    if (!wanted) return none;
    try {
      return await work();
    } catch (error) {
      const { status = 0 } = error as { status?: number };
      if (status >= 400 && status < 500) return none;
      throw error;
    }
  };
  const all = { ...contest, limit: 100 };
  const [history, draw, published, winners, disqualifications, board] = await Promise.all([
    maybe(true, async () => (await call(who, 'GET /contests/{contest}/history')(contest)).items, []),
    maybe(begun, () => call(who, 'GET /contests/{contest}/draw')(contest), null),
    maybe(ended, async () => (await call(who, 'GET /contests/{contest}/results')(contest)).published, null),
    maybe(ended, () => every((cursor) => call(who, 'GET /contests/{contest}/winners')({ ...all, ...cursor })), []),
    maybe(
      begun,
      () => every((cursor) => call(who, 'GET /contests/{contest}/disqualifications')({ ...all, ...cursor })),
      [],
    ),
    maybe(
      begun,
      () =>
        call(
          who,
          'GET /contests/{contest}/leaderboard',
        )({
          ...contest,
          limit: Math.min(100, Math.max(10, was?.board?.items.length ?? 0)),
        }),
      null,
    ),
  ]);
  return { history, draw, published, winners, disqualifications, board };
}
