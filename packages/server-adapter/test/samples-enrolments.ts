import type { TestLaurel } from '../src/testing.ts';
import { courseOf, sessionOf } from './enrolment-stage.ts';
import type { Sample } from './samples.ts';
import { signatureOf } from './stripe-events.ts';
import { sql } from './support.ts';

const price = { minor: 4900, currency: 'EUR' };
const nobody = '01890000-0000-7000-8000-000000000000';

/** Courses in which `ada` is enrolled in every way there is. Answers her enrolments by course. */
export async function enrolled(laurel: TestLaurel) {
  const { enrolments } = laurel.api;
  for (const slug of ['open', 'leaving', 'moving']) await courseOf(laurel, `${slug}-course`);
  for (const slug of ['paying', 'paid']) await courseOf(laurel, `${slug}-course`, { price, program: 'friends' });
  await enrolments.createCohort({ course: 'moving-course', slug: 'autumn', name: 'Autumn', seats: 50 });
  const idOf = async (course: string) => (await enrolments.enroll({ course, participant: 'ada' })).id;
  const ids = {
    leaving: await idOf('leaving-course'),
    moving: await idOf('moving-course'),
    paying: await idOf('paying-course'),
    paid: await idOf('paid-course'),
  };
  await enrolments.paid({ enrolment: ids.paid, reference: 'order 1' });
  return ids;
}

/** Has a session at Stripe open for an enrolment, so that nobody needs to ask for one. */
export const openSession = (laurel: TestLaurel, enrolment: string) =>
  sql(
    laurel,
    `insert into $schema.course_payment (reference, enrolment_id, source, url, expires_at, amount_minor, currency)
     values ('cs_open_' || $1::uuid, $1::uuid, 'stripe', 'https://checkout.stripe.com/c/pay/cs_open', now() + interval '1 day', 4900, 'EUR')`,
    [enrolment],
  );

/** Requests for each operation of enrolments after `seed`, with `ada` as the participant who asks. */
export async function enrolmentSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  const { leaving, moving, paying, paid } = await enrolled(laurel);
  await openSession(laurel, paying);
  const text = JSON.stringify(sessionOf('expired', { id: 'cs_nobody', enrolment: nobody }));
  return {
    'enrolments.enroll': { path: '/courses/open-course/enroll', body: { participant: 'ada' } },
    'enrolments.list': { path: '/enrolments?participant=ada' },
    'enrolments.get': { path: `/enrolments/${moving}` },
    'enrolments.cancel': { path: `/enrolments/${leaving}/cancel`, body: {} },
    'enrolments.move': { path: `/enrolments/${moving}/move`, body: { cohort: 'autumn' } },
    'enrolments.checkout': {
      path: `/enrolments/${paying}/checkout`,
      body: { successUrl: 'https://shop.example/thanks', cancelUrl: 'https://shop.example/' },
    },
    'enrolments.paid': { path: `/enrolments/${paid}/paid`, body: { reference: 'order 1' } },
    'enrolments.stripeWebhook': {
      path: '/enrolments/stripe/webhook',
      raw: { text, headers: () => ({ 'stripe-signature': signatureOf(text) }) },
    },
    'enrolments.createCohort': { path: '/courses/moving-course/cohorts', body: { slug: 'new', name: 'New' } },
    'enrolments.listCohorts': { path: '/courses/moving-course/cohorts' },
    'enrolments.updateCohort': { path: '/courses/moving-course/cohorts/autumn', body: { name: 'Autumn again' } },
  };
}
