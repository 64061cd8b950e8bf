/** In a process started by `startChild`: answers each question, and says at once that it listens. */
export function answering<Question>(answer: (question: Question) => unknown): void {
  process.on('message', async (question: Question) => {
    try {
      process.send?.({ answer: await answer(question) });
    } catch (error) {
      process.send?.({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  // Without whoever asks there is nothing to do.
  process.on('disconnect', () => process.exit(0));
  process.send?.('listening');
}
