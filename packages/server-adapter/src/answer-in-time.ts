import { within } from './within.ts';

/**
 * What a function of the host’s comes to, whether it throws at once or later.
 * @throws Error when it takes longer than so many milliseconds
 */
export async function answerInTime<Answer>(milliseconds: number, ask: () => Answer | Promise<Answer>): Promise<Answer> {
  const asked = Promise.resolve().then(ask);
  const answered = await within(
    milliseconds,
    asked.then((answer) => ({ answer })),
  );
  if (!answered) throw new Error(`No answer within ${milliseconds / 1000} seconds.`);
  return answered.answer;
}
