import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, createClient, paginate } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, sql, storageName, testLaurel } from './support.ts';
import { enrolled, kept, lesson, publishedCourse, republish, twoWeeks, unit } from './written-courses.ts';

let laurel: TestLaurel;
let server: Server;
let backend: Client;
let visitor: Client;

beforeAll(async () => {
  laurel = await testLaurel();
  server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  backend = createClient({ baseUrl, key: laurel.secretKey, validate: contract });
  visitor = createClient({ baseUrl, key: laurel.publishableKey, validate: contract });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const eventsOf = async (course: string) => {
  const { id } = await backend.courses.get({ course });
  const rows = await sql<{ name: string }>(
    laurel,
    `select name from $schema.event where payload ->> 'course' = $1 and name like 'course.%' order by id`,
    [id],
  );
  return rows.map(({ name }) => name);
};

describe(`a course from its first draft to those who learn (${storageName})`, () => {
  it('is created, drafted, published and read', async () => {
    const course = 'guitar';
    await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
    const made = await backend.courses.create({
      ...{ slug: course, name: 'Guitar', description: 'From nothing to songs.', language: 'EN-gb', program: 'friends' },
      ...{ tags: ['music', 'music'], seats: 3, price: { minor: 4900, currency: 'EUR' } },
      startsAt: '2030-01-07T09:00:00+01:00',
    });
    expect(made).toMatchObject({
      ...{ language: 'en-GB', tags: ['music'], seatsLeft: 3, price: { minor: 4900, currency: 'EUR' } },
      ...{ program: 'friends', state: 'draft', version: null, lessons: 0, minutes: 0 },
      startsAt: '2030-01-07T08:00:00.000Z',
    });
    await expect(visitor.courses.get({ course })).rejects.toMatchObject({ code: 'course_not_found' });
    await expect(backend.courses.create({ slug: course, name: 'Twice' })).rejects.toMatchObject({ code: 'slug_taken' });

    const empty = await backend.courses.draft({ course });
    expect(empty).toMatchObject({ revision: 0, nodes: [], faults: [{ pointer: '/nodes' }] });
    const faulty = await backend.courses.saveDraft({ course, revision: 0, nodes: [lesson('hello', 'week-1')] });
    expect(faulty).toMatchObject({ revision: 1, faults: [{ pointer: '/nodes/0/parent' }] });
    await expect(backend.courses.publish({ course, revision: 1 })).rejects.toMatchObject({
      code: 'course_invalid',
      errors: [{ pointer: '#/nodes/0/parent', detail: expect.stringContaining('week-1') }],
    });
    // Not what is wrong with a draft they have not seen.
    await expect(backend.courses.publish({ course, revision: 0 })).rejects.toMatchObject({ code: 'draft_conflict' });
    await expect(backend.courses.preview({ course })).rejects.toMatchObject({ code: 'course_invalid' });
    await expect(backend.courses.saveDraft({ course, revision: 0, nodes: [] })).rejects.toMatchObject({
      code: 'draft_conflict',
    });

    const draft = await backend.courses.saveDraft({ course, revision: 1, nodes: twoWeeks });
    expect(draft).toMatchObject({ revision: 2, faults: [] });
    expect(draft.nodes[1]).toMatchObject({ id: 'hello', required: true, weight: null, done: null });
    expect(await backend.courses.preview({ course })).toMatchObject({ revision: 2, learners: 0, removed: [] });
    await expect(backend.courses.publish({ course, revision: 1 })).rejects.toMatchObject({ code: 'draft_conflict' });
    const first = await backend.courses.publish({ course, revision: 2, note: 'The beginning.' });
    expect(first).toMatchObject({ course, version: 1, note: 'The beginning.', lessons: 4, learners: 0 });
    await expect(backend.courses.publish({ course, revision: 2 })).rejects.toMatchObject({
      code: 'course_invalid',
      message: expect.stringContaining('nothing to publish'),
    });

    expect(await visitor.courses.get({ course })).toMatchObject({
      state: 'published',
      version: 1,
      lessons: 4,
      minutes: 55,
    });
    expect(await backend.courses.version({ course, version: 1 })).toMatchObject({ ...first, nodes: draft.nodes });
    await expect(backend.courses.version({ course, version: 2 })).rejects.toMatchObject({ code: 'version_not_found' });
    expect(await eventsOf(course)).toEqual(['course.created', 'course.published']);
  });

  it('counts the seats that are left: who learns holds one, and who has not paid yet', async () => {
    const course = 'seats';
    await publishedCourse(backend, course, twoWeeks, { seats: 3 });
    await backend.enrolments.createCohort({ course, slug: 'small', name: 'Small', seats: 1 });
    await enrolled(laurel, course, 'ada', [], { cohort: 'small' });
    await enrolled(laurel, course, 'bob', [], { state: 'unpaid' });
    await enrolled(laurel, course, 'cleo', [], { state: 'waiting', cohort: 'small' });
    await enrolled(laurel, course, 'dan', [], { state: 'cancelled' });
    expect(await visitor.courses.get({ course })).toMatchObject({ seats: 3, seatsLeft: 1 });
    expect(await backend.courses.update({ course, seats: 1 })).toMatchObject({ seats: 1, seatsLeft: 0 });
    expect(await backend.courses.update({ course, seats: null })).toMatchObject({ seats: null, seatsLeft: null });
  });

  it('changes its settings, and refuses what cannot work', async () => {
    const course = 'settings';
    const made = await backend.courses.create({ slug: course, name: 'Settings', startsAt: '2030-01-01T00:00:00Z' });
    const invalid = (pointer: string) => ({
      code: 'course_invalid',
      errors: [{ pointer, detail: expect.any(String) }],
    });
    await expect(backend.courses.update({ course, endsAt: '2030-01-01T00:00:00Z' })).rejects.toMatchObject(
      invalid('#/endsAt'),
    );
    await expect(backend.courses.update({ course, price: { minor: 0, currency: 'EUR' } })).rejects.toMatchObject(
      invalid('#/price'),
    );
    await expect(backend.courses.update({ course, price: { minor: 5, currency: 'ZZZ' } })).rejects.toMatchObject(
      invalid('#/price/currency'),
    );
    await expect(backend.courses.update({ course, program: 'nothing' })).rejects.toMatchObject({
      code: 'program_not_found',
    });
    for (const state of ['published', 'archived'] as const) {
      await expect(backend.courses.update({ course, state })).rejects.toMatchObject({ code: 'course_state_conflict' });
    }
    const changed = await backend.courses.update({ course, name: 'Other', startsAt: null, listed: false });
    expect(changed).toMatchObject({ name: 'Other', startsAt: null, listed: false, slug: course, tags: made.tags });
    await republish(backend, course, twoWeeks);
    expect(await backend.courses.update({ course, state: 'archived' })).toMatchObject({ state: 'archived' });
    expect(await republish(backend, course, twoWeeks.slice(0, 3))).toMatchObject({ version: 2 });
    expect(await visitor.courses.get({ course })).toMatchObject({ state: 'archived', version: 2, lessons: 2 });
    expect(await backend.courses.update({ course, state: 'published' })).toMatchObject({ state: 'published' });
  });

  it('publishes the same lessons again once their order is another', async () => {
    const course = 'order';
    await publishedCourse(backend, course);
    const { revision } = await backend.courses.draft({ course });
    await backend.courses.update({ course, sequential: true });
    expect(await backend.courses.publish({ course, revision })).toMatchObject({ version: 2 });
    const versions = [];
    for await (const each of paginate(backend.courses.versions, { course, limit: 1 })) versions.push(each.version);
    expect(versions).toEqual([2, 1]);
  });

  it('takes a draft that is far larger than other bodies may be', async () => {
    await backend.courses.create({ slug: 'long', name: 'Long' });
    const nodes = Array.from({ length: 30 }, (_, at) => lesson(`a-${at}`, null, { markdown: 'é'.repeat(99_000) }));
    const saved = await backend.courses.saveDraft({ course: 'long', revision: 0, nodes });
    expect(saved.nodes.map(({ markdown }) => markdown?.length)).toEqual(nodes.map(() => 99_000));
    const body = { revision: 1, nodes: Array.from({ length: 90 }, (_, at) => ({ ...nodes[0], id: `b-${at}` })) };
    const credential = laurel.secretKey;
    const answer = await ask(laurel, 'PUT', '/courses/long/draft', { credential, body });
    expect(answer).toMatchObject({ status: 413, json: { code: 'body_too_large' } });
  });

  it('tells of lessons that not everybody sees to nobody', async () => {
    const course = 'some';
    await backend.courses.create({ slug: course, name: 'Some' });
    const [{ id } = { id: '' }] = await sql<{ id: string }>(laurel, `select id from $schema.course where slug = $1`, [
      course,
    ]);
    await sql(
      laurel,
      `insert into $schema.course_cohort (id, course_id, slug, name) values (gen_random_uuid(), $1, 'spring', 'Spring')`,
      [id],
    );
    await republish(backend, course, [
      lesson('open', null, { minutes: 5 }),
      lesson('kept', null, { title: 'Zanzibar', hidden: true, minutes: 5 }),
      unit('group', { cohorts: ['spring'] }),
      lesson('inside', 'group', { title: 'Timbuktu', minutes: 5 }),
    ]);
    expect(await visitor.courses.get({ course })).toMatchObject({ lessons: 1, minutes: 5 });
    for (const q of ['Zanzibar', 'Timbuktu']) expect((await visitor.courses.list({ q })).items).toEqual([]);
  });
});

describe(`an edit under live learners (${storageName})`, () => {
  const added = [...twoWeeks, lesson('songs', 'week-2')];

  /** One who is done, one half way, one who begins, one who waits, one who left. */
  const learnersOf = async (course: string) => {
    // Full, so that nobody from the line is let in meanwhile.
    await publishedCourse(backend, course, twoWeeks, { seats: 3 });
    return {
      done: await enrolled(laurel, course, 'ada', ['hello', 'tools', 'chords', 'rhythm']),
      half: await enrolled(laurel, course, 'bob', ['hello', 'chords']),
      none: await enrolled(laurel, course, 'cleo'),
      waiting: await enrolled(laurel, course, 'dan', [], { state: 'waiting' }),
      left: await enrolled(laurel, course, 'eve', ['hello'], { state: 'cancelled' }),
    };
  };
  const pinned = (version: number, earned: number, total: number) => ({
    version,
    earned: String(earned),
    total: String(total),
  });

  it('is shown first, to the learner', async () => {
    const course = 'shown';
    await learnersOf(course);
    const { revision } = await backend.courses.draft({ course });
    await backend.courses.saveDraft({
      course,
      revision,
      nodes: added
        .filter(({ id }) => id !== 'tools')
        .map((each) => (each.id === 'hello' ? { ...each, weight: 3 } : each)),
    });
    // Of 6 units: ada has 5 of 6 (83), bob 4 of 6 (66), cleo none.
    expect(await backend.courses.preview({ course })).toEqual({
      revision: revision + 1,
      ...{ added: ['songs'], removed: ['tools'], changed: ['hello'], returned: [] },
      ...{ learners: 3, fallBelowDone: 1, fall: 1, rise: 1, stay: 1 },
      missing: [{ lesson: 'songs', title: 'Lesson songs', learners: 1 }],
    });
  });

  it('knows ids for ever: one that comes back is told of, and stays what it was', async () => {
    const course = 'remembering';
    await learnersOf(course);
    await republish(backend, course, [lesson('hello'), lesson('new')], 'keep');
    const { revision, retired } = await backend.courses.draft({ course });
    expect(retired).toEqual(
      expect.arrayContaining([
        { id: 'tools', type: 'lesson' },
        { id: 'week-2', type: 'unit' },
      ]),
    );
    expect(retired.map(({ id }) => id)).not.toContain('hello');

    const back = [lesson('hello'), lesson('tools'), unit('group'), lesson('other', 'group')];
    await backend.courses.saveDraft({ course, revision, nodes: back });
    expect(await backend.courses.preview({ course })).toMatchObject({
      added: ['tools', 'group', 'other'],
      returned: ['tools'],
    });
    const turned = [lesson('hello'), lesson('week-2'), unit('tools'), lesson('other', 'tools')];
    const draft = await backend.courses.saveDraft({ course, revision: revision + 1, nodes: turned });
    expect(draft.faults.map(({ pointer }) => pointer)).toEqual(['/nodes/1/id', '/nodes/2/id']);
    await expect(backend.courses.publish({ course, revision: revision + 2 })).rejects.toMatchObject({
      code: 'course_invalid',
      errors: [{ pointer: '#/nodes/1/id' }, { pointer: '#/nodes/2/id' }],
    });
  });

  it('keeps everybody where they are (keep)', async () => {
    const { done, half, none } = await learnersOf('keeping');
    expect(await republish(backend, 'keeping', added, 'keep')).toMatchObject({ version: 2, learners: 0 });
    expect(await kept(laurel, done)).toMatchObject({ ...pinned(1, 4, 4), done: true });
    expect(await kept(laurel, half)).toMatchObject(pinned(1, 2, 4));
    expect(await kept(laurel, none)).toMatchObject(pinned(1, 0, 4));
    expect((await backend.courses.versions({ course: 'keeping' })).items).toMatchObject([
      { version: 2, learners: 0 },
      { version: 1, learners: 3 },
    ]);
  });

  it('takes everybody along, and what is new is still to be done (require)', async () => {
    const { done, half, none, waiting, left } = await learnersOf('requiring');
    expect(await republish(backend, 'requiring', added, 'require')).toMatchObject({ version: 2, learners: 3 });
    expect(await kept(laurel, done)).toMatchObject({ ...pinned(2, 4, 5), versions: [1, 2], done: true });
    expect(await kept(laurel, half)).toMatchObject(pinned(2, 2, 5));
    expect(await kept(laurel, none)).toMatchObject(pinned(2, 0, 5));
    expect(await kept(laurel, waiting)).toMatchObject({ version: 2 });
    expect(await kept(laurel, left)).toMatchObject({ version: 1 });
    // From there on only who has done all of the second version is credited.
    await republish(backend, 'requiring', [...added, lesson('stage', 'week-2')], 'credit');
    expect(await kept(laurel, done)).toMatchObject({ ...pinned(3, 4, 6), done: true });
  });

  it('counts what is new as done for those who were done, and for nobody else (credit)', async () => {
    const { done, half, none } = await learnersOf('crediting');
    const nodes = [
      ...added,
      lesson('exam', 'week-2', { kind: 'quiz', opens: { kind: 'score', node: 'songs', atLeast: 80 } }),
      lesson('extra', 'week-2', { required: false }),
    ];
    await republish(backend, 'crediting', nodes, 'credit');
    expect(await kept(laurel, done)).toMatchObject({ ...pinned(2, 6, 6), done: true });
    expect(await kept(laurel, half)).toMatchObject(pinned(2, 2, 6));
    expect(await kept(laurel, none)).toMatchObject(pinned(2, 0, 6));
    const events = await sql(
      laurel,
      `select lesson, kind, actor, occurred_at = received_at as at_once, time_zone,
         (select credited_at = occurred_at and completed_at is not null from $schema.lesson_state state
          where state.enrolment_id = event.enrolment_id and state.lesson = event.lesson) as folded
       from $schema.progress_event event where enrolment_id = any($1::uuid[]) order by lesson`,
      [[done, half, none]],
    );
    const credit = { kind: 'credited', at_once: true, time_zone: 'Europe/Lisbon', folded: true };
    expect(events).toMatchObject([
      { lesson: 'exam', ...credit },
      { lesson: 'songs', ...credit },
    ]);
    expect(await backend.courses.versions({ course: 'crediting', limit: 1 })).toMatchObject({
      items: [{ version: 2, learners: 3 }],
    });
  });

  it('credits of lessons to choose from as many as are wanting', async () => {
    const { done } = await learnersOf('choosing');
    const pick = [unit('pick', { choose: 2 }), ...['one', 'two', 'three'].map((id) => lesson(id, 'pick'))];
    await republish(backend, 'choosing', [...twoWeeks, ...pick], 'credit');
    expect(await kept(laurel, done)).toMatchObject(pinned(2, 6, 6));
    const lessons = await sql(laurel, 'select lesson from $schema.progress_event where enrolment_id = $1 order by id', [
      done,
    ]);
    expect(lessons).toEqual([{ lesson: 'one' }, { lesson: 'two' }]);
  });

  it('is one of two that are published at once, and of two that are saved at once', async () => {
    const course = 'races';
    const { done } = await learnersOf(course);
    const { revision } = await backend.courses.draft({ course });
    const save = (id: string) => backend.courses.saveDraft({ course, revision, nodes: [...twoWeeks, lesson(id)] });
    const saved = await Promise.allSettled(['a', 'b', 'c', 'd'].map(save));
    expect(saved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const publish = (learners: 'keep' | 'require' | 'credit') =>
      backend.courses.publish({ course, revision: revision + 1, learners });
    const published = await Promise.allSettled([
      publish('require'),
      publish('credit'),
      publish('require'),
      publish('keep'),
    ]);
    expect(published.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of [...saved, ...published]) {
      if (each.status === 'rejected') expect(['draft_conflict', 'course_invalid']).toContain(each.reason.code);
    }
    expect((await backend.courses.versions({ course })).items.map(({ version }) => version)).toEqual([2, 1]);
    const moves = await sql(laurel, 'select from $schema.enrolment_step where enrolment_id = $1', [done]);
    expect(moves.length).toBeLessThanOrEqual(1);
  });

  it('leaves what was published as it was', async () => {
    await publishedCourse(backend, 'fixed');
    await expect(sql(laurel, 'update $schema.course_version set note = $1', ['other'])).rejects.toThrow();
  });
});

describe.runIf(storageName === 'postgres')('publishing beside others', () => {
  it('loses nothing of those who learn meanwhile, and keeps them from nothing', async () => {
    const course = 'beside';
    const nodes = (lessons: number) => Array.from({ length: lessons }, (_, index) => lesson(`lesson-${index}`));
    await publishedCourse(backend, course, nodes(2));
    const names = Array.from({ length: 30 }, (_, index) => `beside-${index}`);
    for (const participant of names) {
      await laurel.api.participants.upsert({ externalId: participant });
      await laurel.api.enrolments.enroll({ course, participant });
    }
    let publishing = true;
    const learn = async (participant: string, turn: number) => {
      for (let count = 0; publishing || count === 0; count++) {
        const event = { id: randomUUID(), lesson: `lesson-${(turn + count) % 2}`, kind: 'checked' as const };
        const occurredAt = new Date().toISOString();
        const events = [{ ...event, occurredAt, timeZone: 'UTC' }];
        const { outcomes } = await laurel.api.progress.record({ course, participant, events });
        expect(outcomes).toMatchObject([{ outcome: 'recorded' }]);
      }
    };
    const learning = names.map(learn);
    // Who has done all by then is credited what is new, and the others have it to do.
    for (let lessons = 3; lessons < 7; lessons++) await republish(backend, course, nodes(lessons), 'credit');
    publishing = false;
    await Promise.all(learning);
    for (const [turn, name] of names.entries()) await learn(name, turn + 1);

    const enrolments = await sql<{ earned: number; done: number; total: number; version: number }>(
      laurel,
      `select earned::int, total::int, version, (select count(*)::int from $schema.lesson_state
         where enrolment_id = enrolment.id and completed_at is not null) as done
       from $schema.enrolment where course_id = (select id from $schema.course where slug = $1)`,
      [course],
    );
    expect(enrolments).toHaveLength(names.length);
    for (const { earned, done, ...rest } of enrolments) {
      expect(rest).toEqual({ total: 6, version: 5 });
      expect(earned).toBe(done);
      expect(done).toBeGreaterThanOrEqual(2);
    }
    const of = (await laurel.api.enrolments.list({ course, limit: 100 })).items.map(({ id }) => id);
    const differences = await laurel.recount({ of: 'courses' });
    expect(differences.filter((each) => 'enrolment' in each && of.includes(each.enrolment ?? ''))).toEqual([]);
  }, 60_000);
});
