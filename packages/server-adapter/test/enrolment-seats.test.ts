import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { courseOf } from './enrolment-stage.ts';
import { newcomers, sql, storageName, testLaurel } from './support.ts';

const price = { minor: 4900, currency: 'EUR' };
const people = 12;

describe(`how many seats are taken (${storageName})`, () => {
  let laurel: TestLaurel;
  let turn = 0;
  const newcomer = newcomers(() => laurel);
  let names: string[];

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    names = [];
    for (let count = 0; count < people; count++) names.push(await newcomer());
  });

  /** What is kept beside what there is: of the course, then of each cohort. */
  const seats = (slug: string) =>
    sql<{ of: string; kept: number; counted: number }>(
      laurel,
      `select 'course' as of, seats_taken as kept, (select count(*)::int from $schema.enrolment
         where course_id = course.id and state in ('unpaid', 'active')) as counted
       from $schema.course where slug = $1
       union all
       select cohort.slug, cohort.seats_taken, (select count(*)::int from $schema.enrolment
         where cohort_id = cohort.id and state in ('unpaid', 'active'))
       from $schema.course_cohort cohort join $schema.course on course.id = course_id where course.slug = $1
       order by 1`,
      [slug],
    );
  const idOf = async (slug: string, name: string) =>
    (await laurel.api.enrolments.list({ course: slug, participant: name })).items[0]?.id ?? null;

  const step = fc.record({
    what: fc.constantFrom('enrol', 'enrol', 'free', 'cancel', 'move', 'paid', 'seats', 'cohort seats'),
    who: fc.nat(people - 1),
    cohort: fc.constantFrom('red', 'blue', null),
    seats: fc.integer({ min: 1, max: 8 }),
  });
  type Step = typeof step extends fc.Arbitrary<infer Of> ? Of : never;

  const act = async (slug: string, { what, who, cohort, seats }: Step) => {
    const { api } = laurel;
    const participant = names[who] ?? '';
    if (what === 'enrol' || what === 'free') {
      return api.enrolments.enroll({ course: slug, participant, free: what === 'free', ...(cohort && { cohort }) });
    }
    if (what === 'seats') return api.courses.update({ course: slug, seats });
    if (what === 'cohort seats') return api.enrolments.updateCohort({ course: slug, cohort: cohort ?? 'red', seats });
    const enrolment = await idOf(slug, participant);
    if (!enrolment) return null;
    if (what === 'cancel') return api.enrolments.cancel({ enrolment });
    if (what === 'move') return api.enrolments.move({ enrolment, cohort });
    return api.enrolments.paid({ enrolment, reference: `order ${++turn}` });
  };

  it.each([1, 6])('are as many as there are, whatever happens, %i at once', async (together) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        const slug = `course-${++turn}`;
        await courseOf(laurel, slug, { seats: 5, price });
        for (const cohort of ['red', 'blue']) {
          await laurel.api.enrolments.createCohort({ course: slug, slug: cohort, name: cohort, seats: 3 });
        }
        for (let at = 0; at < steps.length; at += together) {
          const done = await Promise.allSettled(steps.slice(at, at + together).map((each) => act(slug, each)));
          for (const each of done) {
            if (each.status === 'rejected')
              expect(each.reason).toHaveProperty('code', expect.stringMatching(/full|conflict|invalid/));
          }
        }
        for (const { of, kept, counted } of await seats(slug)) expect([of, kept]).toEqual([of, counted]);
      }),
      { numRuns: 6 },
    );
  });

  it('are counted by the database itself, whoever writes, and given to those who wait when there are more', async () => {
    const id = await courseOf(laurel, 'raw', { seats: 3 });
    await laurel.api.enrolments.createCohort({ course: 'raw', slug: 'red', name: 'Red', seats: 2 });
    for (const participant of names) {
      await laurel.api.enrolments.enroll({ course: 'raw', participant, cohort: 'red' });
    }
    const kept = async () => (await seats('raw')).map(({ of, kept, counted }) => `${of} ${kept} ${counted}`);
    expect(await kept()).toEqual(['course 2 2', 'red 2 2']);
    await sql(laurel, `update $schema.enrolment set cohort_id = null where course_id = $1 and state = 'active'`, [id]);
    expect(await kept()).toEqual(['course 2 2', 'red 0 0']);
    await laurel.api.enrolments.updateCohort({ course: 'raw', cohort: 'red', seats: 5 });
    expect(await kept()).toEqual(['course 3 3', 'red 1 1']);
    await sql(laurel, `delete from $schema.enrolment where course_id = $1 and cohort_id is null`, [id]);
    expect(await kept()).toEqual(['course 1 1', 'red 1 1']);
    await laurel.api.enrolments.updateCohort({ course: 'raw', cohort: 'red', seats: 6 });
    expect(await kept()).toEqual(['course 3 3', 'red 3 3']);
    const { seatsLeft } = await laurel.api.courses.get({ course: 'raw' });
    expect(seatsLeft).toBe(0);
  });
});
