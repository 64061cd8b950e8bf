import { type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import { readCourseFolder } from '@laurelkit/server-adapter/courses';

export const program = 'bakers';
export const contest = 'spring-bake';
export const course = 'bread';

const inDays = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();

/** Addresses of the site in the course’s files, which do not know where it will stand. */
const placeholder = 'http://localhost/';

/** The programme, a contest and the course in `folder`, unless they are there. */
export async function setUp({ api }: Laurel, url: string, folder: string): Promise<void> {
  try {
    await api.programs.create({
      slug: program,
      name: 'Bakers',
      headline: 'Bread wants company',
      landingUrl: `${url}/`,
    });
    await api.contests.create({
      program,
      slug: contest,
      name: 'The Spring Bake',
      startsAt: inDays(0),
      endsAt: inDays(84),
      // Whoever brings a friend and whoever finishes a week stand on one board, on one ledger.
      scoring: [
        { event: 'referral', points: 10 },
        { event: 'week-1', points: 25 },
        { event: 'week-12', points: 50 },
        { event: 'lesson.completed', points: 2 },
      ],
    });
    const { name, description, language, nodes, faults } = await readCourseFolder(folder);
    if (faults.length > 0) throw new Error(`the course in ${folder} has faults: ${JSON.stringify(faults)}`);
    const here = JSON.parse(JSON.stringify(nodes).replaceAll(placeholder, `${url}/`)) as typeof nodes;
    const clinic = here.find(({ id }) => id === 'clinic');
    if (clinic) Object.assign(clinic, { startsAt: inDays(40), endsAt: inDays(40 + 1 / 24) });
    await api.courses.create({
      slug: course,
      name: name ?? 'Bread',
      description,
      language: language ?? 'en',
      tags: ['baking', 'sourdough'],
      dripZone: 'learner',
      program,
    });
    await api.courses.saveDraft({ course, revision: 0, nodes: here });
    await api.courses.publish({ course, revision: 1 });
  } catch (error) {
    if (!(error instanceof LaurelProblem && error.code === 'slug_taken')) throw error;
  }
}
