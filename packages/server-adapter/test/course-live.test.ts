import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, type Topic } from '@laurelkit/sdk';
import type { LiveMessages } from '@laurelkit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { courseRow, enrolmentRow, lessonNode } from './course-rows.ts';
import { ask, eventually, seed, sql, storageName, testLaurel } from './support.ts';

type Message = LiveMessages['progress'] | LiveMessages['cohort'];

describe(`live progress (${storageName})`, () => {
  let laurel: TestLaurel;
  let server: Server;
  let baseUrl: string;
  let courseId: string;
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;

  /** What a writer of progress does: the rows, and one notification in the same transaction. */
  const goOn = (participant: string, earned: number, steps = 1) =>
    sql(
      laurel,
      `with learner as (select id from $schema.participant where external_id = $1), moved as (
         update $schema.enrolment set earned = $3, seq = seq + $4,
           completed_at = case when $3::bigint = total then coalesce(completed_at, timestamptz '2026-03-01') end
         where course_id = $2 and participant_id = (select id from learner) returning participant_id)
       select pg_notify($5, json_build_object('selves', json_build_array(json_build_array($2::text, participant_id)),
         'cohorts', json_build_array($2::text))::text) from moved`,
      [participant, courseId, earned, steps, `laurel_${laurel.schema}`],
    );

  const follow = (topics: Topic[], credential: { key?: string; token?: string }, lastEventId?: string) => {
    const messages: Message[] = [];
    const states: unknown[] = [];
    const subscription = createClient({ baseUrl, ...credential }).live(topics, {
      on: {
        progress: (message) => void messages.push(message),
        cohort: (message) => void messages.push(message),
      },
      onState: (state, error) => void states.push(state, (error as { code?: string } | undefined)?.code),
      ...(lastEventId !== undefined && { lastEventId }),
    });
    return { messages, states, subscription };
  };

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dan']);
    courseId = await courseRow(laurel, 'weaving', [[lessonNode('one')]]);
    for (const participant of ['ada', 'bob']) await enrolmentRow(laurel, courseId, { participant, total: 100 });
    await enrolmentRow(laurel, courseId, { participant: 'dan', state: 'cancelled' });
    server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('tells a learner how far they are at once, then each change, and nobody else of it', async () => {
    const ada = follow(['course:weaving'], { token: await tokenOf('ada') });
    const bob = follow(['course:weaving'], { token: await tokenOf('bob') });
    await eventually(
      () => [ada.messages.length, bob.messages.length],
      ([one, other]) => one === 1 && other === 1,
    );
    await goOn('ada', 25);
    await eventually(
      () => ada.messages.length,
      (length) => length === 2,
    );
    await goOn('ada', 100);
    await eventually(
      () => ada.messages.length,
      (length) => length === 3,
    );
    const about = { topic: 'course:weaving', course: 'weaving' };
    expect(ada.messages).toEqual([
      { ...about, seq: 0, percent: 0, completedAt: null },
      { ...about, seq: 1, percent: 25, completedAt: null },
      { ...about, seq: 2, percent: 100, completedAt: '2026-03-01T00:00:00.000Z' },
    ]);
    expect(bob.messages).toEqual([{ ...about, seq: 0, percent: 0, completedAt: null }]);
    ada.subscription.close();
    bob.subscription.close();
  });

  it('resumes with what was missed, and with nothing when nothing was', async () => {
    const token = await tokenOf('bob');
    const first = follow(['course:weaving'], { token });
    await eventually(
      () => first.subscription.lastEventId,
      (id) => id !== '',
    );
    const { lastEventId } = first.subscription;
    first.subscription.close();
    const idle = follow(['course:weaving', 'cohort:weaving'], { token }, `${lastEventId}.0`);
    await eventually(
      () => idle.messages.length,
      (length) => length > 0,
    );
    expect(idle.messages.map(({ topic }) => topic)).toEqual(['cohort:weaving']);
    idle.subscription.close();
    await goOn('bob', 10, 3);
    const second = follow(['course:weaving'], { token }, lastEventId);
    await eventually(
      () => second.messages.length,
      (length) => length === 1,
    );
    expect(second.messages).toMatchObject([{ seq: 3, percent: 10 }]);
    expect(second.subscription.lastEventId).toBe('3');
    second.subscription.close();
  });

  it('tells learners and the host that learners moved on, a burst of it in few messages', async () => {
    const readers = [
      follow(['cohort:weaving'], { token: await tokenOf('bob') }),
      follow(['cohort:weaving'], { key: laurel.secretKey }),
      follow(['cohort:weaving'], { token: (await laurel.api.staff.createToken({ name: 'Eve' })).token }),
    ];
    const lengths = () => readers.map(({ messages }) => messages.length);
    await eventually(lengths, (all) => all.every((length) => length === 1));
    for (let step = 11; step <= 40; step++) await goOn('bob', step);
    await goOn('bob', 100);
    const about = { topic: 'cohort:weaving', course: 'weaving', learners: 2 };
    const last = await eventually(
      () => readers.map(({ messages }) => messages.at(-1)),
      (all) => all.every((message) => message && 'completed' in message && message.completed === 2),
    );
    expect(last).toEqual(readers.map(() => ({ ...about, completed: 2 })));
    for (const length of lengths()) expect(length).toBeLessThan(8);
    for (const { subscription } of readers) subscription.close();
  });

  it('is for learners of the course, their own and nothing else', async () => {
    const staff = (await laurel.api.staff.createToken({ name: 'Eve' })).token;
    const [ada, cleo, dan] = [await tokenOf('ada'), await tokenOf('cleo'), await tokenOf('dan')];
    // Whoever came a moment before opens nothing for those who come after.
    const open = follow(['cohort:weaving'], { token: ada });
    await eventually(
      () => open.messages.length,
      (length) => length > 0,
    );
    const refusals: [string, string, string][] = [
      ['cohort:weaving', cleo, 'not_enrolled'],
      ['course:weaving', cleo, 'not_enrolled'],
      ['cohort:weaving', dan, 'not_enrolled'],
      ['course:weaving', dan, 'not_enrolled'],
      ['cohort:weaving', laurel.publishableKey, 'forbidden'],
      ['course:weaving', laurel.publishableKey, 'forbidden'],
      ['course:weaving', laurel.secretKey, 'forbidden'],
      ['course:weaving', staff, 'forbidden'],
      ['program:friends', staff, 'forbidden'],
      ['program:friends', laurel.secretKey, 'forbidden'],
      ['cohort:none', laurel.secretKey, 'course_not_found'],
      ['course:none', ada, 'course_not_found'],
      ['contest:spring,cohort:weaving', cleo, 'not_enrolled'],
    ];
    for (const [topics, credential, code] of refusals) {
      const answer = await ask(laurel, 'GET', `/live?topics=${topics}`, { credential });
      expect([topics, answer.json?.code]).toEqual([topics, code]);
    }
    await sql(laurel, `update $schema.course set state = 'draft' where id = $1`, [courseId]);
    expect((await ask(laurel, 'GET', `/live?topics=cohort:${courseId}`, { credential: ada })).json.code).toBe(
      'course_not_found',
    );
    await sql(laurel, `update $schema.course set state = 'published' where id = $1`, [courseId]);
    open.subscription.close();
  });
});
