import { type Laurel, LaurelProblem } from '@laurelkit/server-adapter';

export const program = 'friends';
export const contest = 'spring';

/** The programme and a contest of thirty days, unless they are there. */
export async function setUpContest({ api }: Laurel, url: string): Promise<void> {
  const headline = 'Nobody likes to run alone';
  const inDays = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  const dates = { startsAt: inDays(0), endsAt: inDays(30) };
  const scoring = [
    { event: 'run', points: 3 },
    { event: 'referral', points: 1 },
  ];
  try {
    await api.programs.create({ slug: program, name: 'Tuesday Runners', headline, landingUrl: `${url}/` });
    await api.contests.create({ program, slug: contest, name: 'Spring Miles', ...dates, period: 'week', scoring });
  } catch (error) {
    if (!(error instanceof LaurelProblem && error.code === 'slug_taken')) throw error;
  }
}
