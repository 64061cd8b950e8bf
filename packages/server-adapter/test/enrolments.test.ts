import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { courseOf, eventsOf, publish, statesOf, stepsOf } from './enrolment-stage.ts';
import { kept } from './keep.ts';
import { ask, inHostTransaction, newcomers, seed, sql, storageName, testLaurel } from './support.ts';

const minute = 60_000;
const inMinutes = (count: number) => new Date(Date.now() + count * minute);
const price = { minor: 4900, currency: 'EUR' };

describe(`enrolments (${storageName})`, () => {
  let laurel: TestLaurel;
  let ada: string;
  let bob: string;
  const newcomer = newcomers(() => laurel);
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const enrol = (course: string, body: Record<string, unknown> = {}, credential = ada) =>
    ask(laurel, 'POST', `/courses/${course}/enroll`, { credential, body });
  const byHost = (course: string, participant: string, more: Record<string, unknown> = {}) =>
    enrol(course, { participant, ...more }, laurel.secretKey);
  const get = async (id: string) => laurel.api.enrolments.get({ enrolment: id });

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    [ada, bob] = await Promise.all([tokenOf('ada'), tokenOf('bob')]);
  });

  it('opens a course to a participant, once, with all that counts in it', async () => {
    await courseOf(laurel, 'plain', {}, ['one', 'two', 'three']);
    const first = await enrol('plain', { timeZone: 'Europe/Lisbon' });
    expect(first).toMatchObject({
      status: 200,
      json: { course: 'plain', state: 'active', version: 1, percent: 0, timeZone: 'Europe/Lisbon', position: null },
    });
    const again = await enrol('plain', { timeZone: 'Asia/Tokyo' });
    expect(again.json).toEqual(first.json);
    const { id } = first.json;
    expect(await eventsOf(laurel, id)).toEqual(['enrolment.created', 'enrolment.activated']);
    expect(await stepsOf(laurel, id)).toEqual(['- > active']);
    const [row] = await sql(laurel, 'select total::int, versions from $schema.enrolment where id = $1', [id]);
    expect(row).toEqual({ total: 3, versions: [1] });
  });

  it('is for oneself; the host names whom', async () => {
    await courseOf(laurel, 'whose');
    const { id } = await laurel.api.participants.get({ participant: 'bob' });
    expect((await enrol('whose', { participant: 'bob' })).json.code).toBe('forbidden');
    expect((await enrol('whose', { free: true })).json.code).toBe('forbidden');
    expect((await enrol('whose', {}, laurel.secretKey)).json.code).toBe('validation_failed');
    expect((await byHost('whose', 'nobody')).json.code).toBe('participant_not_found');
    expect((await enrol('whose', { participant: 'ada' })).json.state).toBe('active');
    expect((await byHost('whose', 'bob')).json).toMatchObject({ participant: id, state: 'active' });
    const others = (await laurel.api.enrolments.list({ course: 'whose', participant: 'bob' })).items[0]?.id ?? '';
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/checkout'],
    ] as const) {
      const body =
        path === '/checkout' ? { successUrl: 'https://shop.example/', cancelUrl: 'https://shop.example/' } : {};
      const answer = await ask(laurel, method, `/enrolments/${others}${path}`, {
        credential: ada,
        ...(method === 'POST' && { body }),
      });
      expect([answer.status, answer.json.code], path).toEqual([404, 'enrolment_not_found']);
    }
    const own = await ask(laurel, 'GET', '/enrolments?course=whose', { credential: ada });
    expect(own.json.items.map(({ participant }: { participant: string }) => participant)).not.toContain(id);
    expect(own.json.items).toHaveLength(1);
    expect((await ask(laurel, 'GET', '/enrolments?participant=bob', { credential: ada })).json.code).toBe('forbidden');
  });

  it('is refused where it cannot be, and says why', async () => {
    await courseOf(laurel, 'invited', { access: 'invited' });
    await courseOf(laurel, 'archived', { state: 'archived' });
    await courseOf(laurel, 'draft', { state: 'draft' });
    await courseOf(laurel, 'over', { endsAt: inMinutes(-1).toISOString() });
    expect((await enrol('invited')).json.code).toBe('enrolment_closed');
    expect((await byHost('invited', 'ada')).json.state).toBe('active');
    expect((await enrol('invited')).json.state).toBe('active');
    expect((await enrol('archived')).json.code).toBe('enrolment_closed');
    expect((await byHost('archived', 'ada')).json.code).toBe('enrolment_closed');
    expect((await enrol('draft')).json.code).toBe('course_not_found');
    expect((await byHost('draft', 'ada')).json.code).toBe('course_not_published');
    expect((await enrol('over')).json.code).toBe('enrolment_closed');
    expect((await enrol('nothing')).json.code).toBe('course_not_found');
    expect((await enrol('invited', { cohort: 'nothing' }, bob)).json.code).toBe('cohort_not_found');
  });

  it('keeps a seat that costs something for 30 minutes; the host gives one away', async () => {
    await courseOf(laurel, 'priced', { price });
    const { json } = await enrol('priced');
    expect(json).toMatchObject({ state: 'unpaid', price });
    const left = new Date(json.payBy).getTime() - Date.now();
    expect(Math.round(left / minute)).toBe(30);
    expect(await eventsOf(laurel, json.id)).toEqual(['enrolment.created']);
    expect((await byHost('priced', 'bob', { free: true })).json).toMatchObject({ state: 'active', price: null });
  });

  it('gives the seat of who leaves to the first who waits', async () => {
    await courseOf(laurel, 'small', { seats: 1 });
    const { json: first } = await enrol('small');
    const waiting = [await newcomer(), await newcomer()];
    const [second, third] = [await byHost('small', waiting[0] ?? ''), await byHost('small', waiting[1] ?? '')];
    expect([second.json.state, second.json.position, third.json.position]).toEqual(['waiting', 1, 2]);
    const left = await ask(laurel, 'POST', `/enrolments/${first.id}/cancel`, { credential: ada, body: {} });
    expect(left.json.state).toBe('cancelled');
    expect(await get(second.json.id)).toMatchObject({ state: 'active', position: null });
    expect(await get(third.json.id)).toMatchObject({ state: 'waiting', position: 1 });
    expect(await eventsOf(laurel, second.json.id)).toEqual(['enrolment.created', 'enrolment.activated']);
    expect(await stepsOf(laurel, second.json.id)).toEqual(['- > waiting', 'waiting > active: a seat is free']);
    // Cancelling again is no other thing, and whoever comes back goes to the end.
    await ask(laurel, 'POST', `/enrolments/${first.id}/cancel`, { credential: ada, body: { reason: 'again' } });
    expect(await stepsOf(laurel, first.id)).toEqual(['- > active', 'active > cancelled']);
    expect((await enrol('small')).json).toMatchObject({ id: first.id, state: 'waiting', position: 2 });
  });

  it('refuses who comes to a full course without a waiting list', async () => {
    await courseOf(laurel, 'tight', { seats: 1, waitingList: false });
    await enrol('tight');
    expect((await enrol('tight', {}, bob)).json.code).toBe('course_full');
    expect(await statesOf(laurel, 'tight')).toEqual({ active: 1 });
  });

  it('asks whoever comes from the line to pay within a day, and takes the seat back when they do not', async () => {
    await courseOf(laurel, 'popular', { seats: 1, price });
    const names = await Promise.all([newcomer(), newcomer(), newcomer()]);
    const ids: string[] = [];
    for (const name of names) ids.push((await byHost('popular', name)).json.id);
    const [first = '', second = '', third = ''] = ids;
    laurel.travelTo(inMinutes(31));
    await kept(laurel, async () => (await get(second)).state === 'unpaid');
    expect(await get(first)).toMatchObject({ state: 'cancelled' });
    const offered = await get(second);
    expect(offered).toMatchObject({ state: 'unpaid', price });
    expect(new Date(offered.payBy ?? 0).getTime() - inMinutes(31).getTime()).toBeGreaterThan(23 * 60 * minute);
    expect(await eventsOf(laurel, second)).toEqual(['enrolment.created', 'enrolment.offered']);
    laurel.travelTo(inMinutes(31 + 24 * 60 + 1));
    await kept(laurel, async () => (await get(third)).state === 'unpaid');
    expect(await stepsOf(laurel, second)).toEqual([
      ...['- > waiting', 'waiting > unpaid: a seat is free', 'unpaid > cancelled: not paid in time'],
    ]);
    laurel.travelTo(null);
  });

  it('lets the line in when there are more seats', async () => {
    await courseOf(laurel, 'grows', { seats: 1 });
    for (let count = 0; count < 4; count++) await byHost('grows', await newcomer());
    await sql(laurel, `update $schema.course set seats = 3 where slug = 'grows'`);
    await kept(laurel, async () => (await statesOf(laurel, 'grows')).active === 3);
    expect(await statesOf(laurel, 'grows')).toEqual({ active: 3, waiting: 1 });
  });

  it('takes back who left with what they had done, on the version they had', async () => {
    await courseOf(laurel, 'return');
    const { json } = await enrol('return');
    await sql(laurel, `update $schema.enrolment set earned = 1 where id = $1`, [json.id]);
    await ask(laurel, 'POST', `/enrolments/${json.id}/cancel`, { credential: ada, body: {} });
    await publish(laurel, 'return', 2, ['one', 'two', 'three']);
    const { json: back } = await enrol('return');
    expect(back).toMatchObject({ id: json.id, state: 'active', version: 1, percent: 50, enrolledAt: json.enrolledAt });
    expect(await stepsOf(laurel, json.id)).toEqual(['- > active', 'active > cancelled', 'cancelled > active']);
  });

  it('pins whoever waited to the version of the day they got in, from which their time counts', async () => {
    await courseOf(laurel, 'later', { seats: 1 });
    const { json: first } = await enrol('later');
    const { json: second } = await enrol('later', {}, bob);
    await publish(laurel, 'later', 2, ['one', 'two', 'three']);
    laurel.travelTo(inMinutes(10_000));
    await laurel.api.enrolments.cancel({ enrolment: first.id });
    const got = await get(second.id);
    laurel.travelTo(null);
    expect(got).toMatchObject({ state: 'active', version: 2 });
    expect(new Date(got.enrolledAt).getTime()).toBeGreaterThan(inMinutes(9_000).getTime());
    const [row] = await sql(laurel, 'select total::int, versions from $schema.enrolment where id = $1', [second.id]);
    expect(row).toEqual({ total: 3, versions: [2] });
  });

  it('is said to be paid for once, by one reference', async () => {
    await courseOf(laurel, 'invoice', { price });
    const { json } = await enrol('invoice');
    const other = (await enrol('invoice', {}, bob)).json.id;
    const paid = (enrolment: string, reference: string) =>
      ask(laurel, 'POST', `/enrolments/${enrolment}/paid`, { credential: laurel.secretKey, body: { reference } });
    expect((await paid(json.id, 'order 1')).json).toMatchObject({ state: 'active', price: null });
    expect((await paid(json.id, 'order 1')).json).toMatchObject({ state: 'active' });
    expect((await paid(json.id, 'order 2')).json.code).toBe('enrolment_state_conflict');
    expect((await paid(other, 'order 1')).json.code).toBe('enrolment_state_conflict');
    expect((await get(other)).state).toBe('unpaid');
    expect(await stepsOf(laurel, json.id)).toEqual(['- > unpaid', 'unpaid > active: paid']);
  });

  it('lists by course, participant and state, page by page', async () => {
    await courseOf(laurel, 'listed');
    const names = await Promise.all(Array.from({ length: 5 }, newcomer));
    const ids: string[] = [];
    for (const name of names) ids.push((await byHost('listed', name)).json.id);
    await laurel.api.enrolments.cancel({ enrolment: ids[0] ?? '' });
    const got: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await laurel.api.enrolments.list({ course: 'listed', limit: 2, ...(cursor && { cursor }) });
      got.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(got).toEqual(ids.toReversed());
    const active = await laurel.api.enrolments.list({ course: 'listed', state: 'active' });
    expect(active.items).toHaveLength(4);
    const one = await laurel.api.enrolments.list({ participant: names[1] ?? '' });
    expect(one.items.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('is part of a transaction of the host’s own: with it or not at all', async () => {
    await courseOf(laurel, 'together');
    const participant = await newcomer();
    const lost = inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).enrolments.enroll({ course: 'together', participant });
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    expect(await statesOf(laurel, 'together')).toEqual({});
  });
});
