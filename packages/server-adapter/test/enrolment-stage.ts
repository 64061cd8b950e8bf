import { randomUUID } from 'node:crypto';
import { CourseNode } from '@laurelkit/sdk/contract';
import * as z from 'zod/mini';
import type { TestLaurel } from '../src/testing.ts';
import { signatureOf, stripeEvent } from './stripe-events.ts';
import { ask, sql } from './support.ts';

/** A lesson as a version keeps it. */
const lessonNode = (id: string, more: Record<string, unknown> = {}) =>
  z.parse(CourseNode, { id, type: 'lesson', title: id, ...more });

/** A lesson by its id, or with more than that. */
type Lesson = string | { id: string; cohorts?: string[] };

interface Settings {
  state?: 'draft' | 'published' | 'archived';
  access?: 'open' | 'invited';
  seats?: number | null;
  price?: { minor: number; currency: string } | null;
  waitingList?: boolean;
  program?: string | null;
  endsAt?: string | null;
}

/** A course with these lessons as its first version, written beside the API. */
export async function courseOf(
  laurel: TestLaurel,
  slug: string,
  settings: Settings = {},
  lessons: readonly Lesson[] = ['one', 'two'],
) {
  const { state = 'published', access = 'open', seats = null, price = null, waitingList = true } = settings;
  const id = randomUUID();
  await sql(
    laurel,
    `insert into $schema.course (id, slug, name, language, time_zone, drip_zone, sequential, access, price_minor, currency,
       seats, waiting_list, listed, program_id, state, version, ends_at)
     values ($1, $2, $2, 'en', 'UTC', 'course', false, $3, $4, $5, $6, $7, true,
       (select id from $schema.program where slug = $8), $9, $10, $11)`,
    [
      ...[id, slug, access, price?.minor ?? null, price?.currency ?? null, seats, waitingList],
      ...[settings.program ?? null, state, state === 'draft' ? null : 1, settings.endsAt ?? null],
    ],
  );
  if (state !== 'draft') await publish(laurel, slug, 1, lessons);
  return id;
}

/** Publishes another version of a course. */
export async function publish(laurel: TestLaurel, slug: string, version: number, lessons: readonly Lesson[]) {
  const nodes = JSON.stringify(
    lessons.map((each) => (typeof each === 'string' ? lessonNode(each) : lessonNode(each.id, each))),
  );
  await sql(
    laurel,
    `insert into $schema.course_version (course_id, version, nodes, sequential, lessons, actor)
     select id, $2, $3::text::jsonb, false, $4, 'test' from $schema.course where slug = $1`,
    [slug, version, nodes, lessons.length],
  );
  await sql(laurel, 'update $schema.course set version = $2 where slug = $1', [slug, version]);
}

/** How many are in each state in a course. */
export async function statesOf(laurel: TestLaurel, slug: string): Promise<Record<string, number>> {
  const rows = await sql<{ state: string; count: number }>(
    laurel,
    `select enrolment.state, count(*)::int as count from $schema.enrolment join $schema.course on course.id = course_id
     where slug = $1 group by 1`,
    [slug],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** What became of an enrolment, in order: each state it came to, and why. */
export const stepsOf = async (laurel: TestLaurel, id: string): Promise<string[]> =>
  (
    await sql<{ step: string }>(
      laurel,
      `select coalesce(from_state, '-') || ' > ' || to_state || coalesce(': ' || reason, '') as step
       from $schema.enrolment_step where enrolment_id = $1 order by id`,
      [id],
    )
  ).map(({ step }) => step);

/** The events of an enrolment, in order. */
export const eventsOf = async (laurel: TestLaurel, id: string): Promise<string[]> =>
  (
    await sql<{ name: string }>(laurel, `select name from $schema.event where payload->>'enrolment' = $1 order by id`, [
      id,
    ])
  ).map(({ name }) => name);

/** Delivers an event of Stripe's about seats, rightly signed unless told. */
export async function tellSeats(laurel: TestLaurel, event: unknown, signature?: string) {
  const payload = JSON.stringify(event);
  const { status, json } = await ask(laurel, 'POST', '/enrolments/stripe/webhook', {
    body: payload,
    headers: { 'stripe-signature': signature ?? signatureOf(payload) },
  });
  return { status, outcome: json?.outcome as string | undefined, code: json?.code as string | undefined };
}

/** What Stripe tells of a session of a seat. */
export const sessionOf = (
  type: 'completed' | 'async_payment_succeeded' | 'async_payment_failed' | 'expired',
  { id, enrolment, payment = null }: { id: string; enrolment: string; payment?: string | null },
  more: Record<string, unknown> = {},
) =>
  stripeEvent(`checkout.session.${type}`, {
    ...{ id, object: 'checkout.session', mode: 'payment', currency: 'eur', amount_total: 4900 },
    ...{ payment_intent: payment, payment_status: type === 'completed' ? 'paid' : 'unpaid' },
    metadata: { laurel_enrolment: enrolment },
    ...(type === 'async_payment_succeeded' && { payment_status: 'paid' }),
    ...more,
  });
