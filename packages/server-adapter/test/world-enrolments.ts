import type { TestLaurel } from '../src/testing.ts';
import { enrolled } from './samples-enrolments.ts';
import { sql } from './support.ts';
import type { World } from './values.ts';

/** Makes what operations of enrolments need after `seed`; answers by operation the values with which it can succeed. */
export async function enrolmentWorlds(laurel: TestLaurel): Promise<Record<string, World>> {
  const { leaving, moving, paying, paid } = await enrolled(laurel);
  const course = ['open-course', 'moving-course', 'paying-course'];
  const enrolment = [leaving, moving, paying, paid];
  const where = { course: ['moving-course'], cohort: ['autumn'] };
  return {
    'enrolments.enroll': { course: ['open-course'], cohort: [undefined], participant: ['ada'] },
    'enrolments.list': { ...where, participant: ['ada'], state: ['active', 'waiting'] },
    'enrolments.get': { enrolment },
    'enrolments.cancel': { enrolment: [leaving] },
    'enrolments.move': { enrolment: [moving], cohort: ['autumn', null] },
    'enrolments.checkout': {
      enrolment: [paying],
      successUrl: ['https://shop.example/thanks', '/thanks'],
      cancelUrl: ['https://shop.example/'],
    },
    'enrolments.paid': { enrolment: [paid], reference: ['order 1'] },
    'enrolments.createCohort': {
      course,
      slug: Array.from({ length: 200 }, (_, n) => `cohort-${n}`),
      seats: [null, 20],
    },
    'enrolments.listCohorts': { course },
    'enrolments.updateCohort': where,
  };
}

/** Undoes what keeps operations of enrolments from succeeding again. */
export async function reopenEnrolments(laurel: TestLaurel): Promise<void> {
  await sql(
    laurel,
    `update $schema.enrolment set state = 'unpaid', pay_by = now() + interval '1 hour', price_minor = 4900, currency = 'EUR'
     from $schema.course where course.id = course_id and slug = 'paying-course'`,
  );
  await sql(
    laurel,
    `update $schema.enrolment set state = 'active' from $schema.course where course.id = course_id and slug = 'moving-course'`,
  );
}
