import type { CallOptions } from './contract/api.ts';

/** A call that answers with a page: `items`, and the `nextCursor` of the page after it. */
export type ListCall = (
  input: never,
  options?: CallOptions,
) => Promise<{ items: readonly unknown[]; nextCursor: string | null }>;

/** The item of a list. */
export type ItemOf<List extends ListCall> = Awaited<ReturnType<List>>['items'][number];

/**
 * Every item of a list, page after page, each page asked for when the loop reaches it. Takes any list of a client (or
 * of the API in process). `input.limit` is the size of a page, `input.cursor` where to begin. Rejects as the call does.
 *
 * @example
 * ```ts
 * for await (const contest of paginate(client.contests.list, { program: 'friends' })) console.log(contest.name);
 * ```
 */
export async function* paginate<List extends ListCall>(
  list: List,
  ...[input, options]: Parameters<List>
): AsyncGenerator<ItemOf<List>, void, undefined> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ListCall>> = await list(
      (cursor === null ? input : { ...(input as object), cursor }) as never,
      options,
    );
    yield* page.items as ItemOf<List>[];
    cursor = page.nextCursor;
  } while (cursor !== null);
}
