/** The promise's answer, or `undefined` when it takes longer than so many milliseconds. Its rejection is passed on. */
export async function within<Answer>(milliseconds: number, promise: Promise<Answer>): Promise<Answer | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    // Nobody hears what it comes to after that.
    promise.catch(() => {});
  }
}
