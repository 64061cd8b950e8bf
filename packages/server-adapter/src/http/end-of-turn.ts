let turn: Promise<void> | undefined;

/**
 * The end of this turn of the event loop, one for all who wait for it. What is sent then is sent together: a reader who
 * sleeps is woken by the first answer and finds the others, instead of being woken for each. Waking costs as much as making
 * an answer.
 */
export function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
