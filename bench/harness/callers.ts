/**
 * Lets `callers` call again and again for some seconds.
 * @returns calls a second that were answered
 */
export async function callsPerSecond(
  callers: number,
  seconds: number,
  call: (turn: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let turn = 0;
  let answered = 0;
  const caller = async () => {
    while (performance.now() < until) {
      await call(turn++);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return answered / ((performance.now() - began) / 1000);
}
