/**
 * A stream that asks for the next page when the reader has taken the one before, and lets go when the reader leaves: however
 * much there is, one page of it is in memory.
 */
export function pageStream<Page>(
  pages: AsyncGenerator<Page>,
  encode: (page: Page) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(encode(value)));
      },
      cancel: async () => {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
