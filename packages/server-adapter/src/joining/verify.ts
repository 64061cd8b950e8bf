import { answerInTime } from '../answer-in-time.ts';
import type { Context } from '../context.ts';
import type { JoinAttempt, VerifyJoining } from '../host-functions.ts';
import { LaurelProblem } from '../problem.ts';

const patienceMilliseconds = 5_000;

/** Asks the host whether a person asks to join; without a function of the host's everybody is one. */
export async function assertVerified(
  verify: VerifyJoining | undefined,
  asks: Pick<JoinAttempt, 'program' | 'email' | 'proof'>,
  { address, arrival }: Context,
  onFailure: (error: unknown) => void,
): Promise<void> {
  if (!verify) return;
  const attempt = { ...asks, address, header: (name: string) => arrival?.header(name) ?? null };
  const answer = await answerInTime(patienceMilliseconds, async () => (await verify(attempt)) === true).catch(
    (error: unknown) => {
      onFailure(error);
      return undefined;
    },
  );
  if (answer === undefined) {
    throw new LaurelProblem('verification_unavailable', 'Nothing was sent. Try again in a moment.');
  }
  if (!answer) {
    throw new LaurelProblem('verification_failed', 'Nothing was sent. Do the page’s check again, then ask again.');
  }
}
