/** Does `work`, so many at once, each again and again until it answers that there was nothing to do; rejects with the first error. */
export async function untilNothingIsLeft(atOnce: number, work: () => Promise<boolean>): Promise<void> {
  const worker = async () => {
    while (await work());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
