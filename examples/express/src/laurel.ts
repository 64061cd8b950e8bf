import { createLaurel, type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import type { Database } from './database.ts';
import type { Secrets } from './secrets.ts';
import type { Sessions } from './session.ts';

/** The shop's referral programme and the contest in it. */
export const program = 'friends';
export const contest = 'spring';

const contestDays = 30;

/** Laurel in the shop's own process and database. The shop's session says who is asking. */
export function openLaurel(database: Database, secrets: Secrets, sessions: Sessions, publicUrl: string): Laurel {
  return createLaurel({
    database: database.driver,
    secret: secrets.secret,
    keys: [{ key: secrets.publishableKey }, { key: secrets.secretKey }],
    publicUrl: `${publicUrl}/api`,
    identify: (request) => sessions.read(request.headers.get('cookie')),
  });
}

/** Creates the programme and the contest, unless they are there. Links land where the shop is now. */
export async function setUpContest({ api }: Laurel, publicUrl: string): Promise<void> {
  const landingUrl = `${publicUrl}/`;
  const headline = 'Kites fly better in company';
  await api.programs.create({ slug: program, name: 'Fly with friends', headline, landingUrl }).catch(unlessTaken);
  await api.programs.update({ program, landingUrl });

  const now = Date.now();
  await api.contests
    .create({
      program,
      slug: contest,
      name: 'Spring Rally',
      description: 'Who brings the most friends to the hill?',
      startsAt: new Date(now).toISOString(),
      endsAt: new Date(now + contestDays * 86_400_000).toISOString(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      period: 'week',
      scoring: [
        { event: 'purchase', points: 5 },
        { event: 'referral', points: 1 },
      ],
    })
    .catch(unlessTaken);
}

function unlessTaken(error: unknown): void {
  if (!(error instanceof LaurelProblem && error.code === 'slug_taken')) throw error;
}
