import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { type Clients, clientsOf } from './clients.ts';
import { type NodeInput, stageCourse, stageEnrolment, stageLesson } from './course-stage.ts';
import { ask, sql, storageName, testLaurel } from './support.ts';

const unit = (id: string, more: Partial<NodeInput> = {}): NodeInput => ({
  id,
  type: 'unit',
  title: `Unit ${id}`,
  ...more,
});
const lesson = (id: string, more: Partial<NodeInput> = {}): NodeInput => ({
  ...{ id, type: 'lesson', title: `Lesson ${id}` },
  ...more,
});

const video = {
  provider: 'file',
  url: 'https://media.example/a.mp4',
  lengthMs: 100_000,
} as const;

const nodes: NodeInput[] = [
  unit('one', { label: 'Week' }),
  lesson('welcome', { parent: 'one', markdown: '# Hello\n\n<b>you</b>', minutes: 5 }),
  lesson('film', { parent: 'one', kind: 'video', video }),
  lesson('secret', { parent: 'one', hidden: true }),
  unit('two', { opens: { kind: 'completed', node: 'one' } }),
  lesson('quiz', { parent: 'two', kind: 'quiz' }),
  lesson('later', { parent: 'two', opens: { kind: 'instant', from: '2030-03-01T10:00:00+01:00' } }),
  lesson('inner', { cohorts: ['spring'] }),
];

describe(`lessons (${storageName})`, () => {
  let laurel: TestLaurel;
  let clients: Clients;
  let courseId: string;

  beforeAll(async () => {
    laurel = await testLaurel();
    laurel.travelTo(new Date('2030-01-10T00:00:00Z'));
    for (const externalId of ['ada', 'bob', 'cleo', 'dan', 'eve']) await laurel.api.participants.upsert({ externalId });
    clients = await clientsOf(laurel);
    courseId = await stageCourse(laurel, 'garden', { versions: [[lesson('welcome')], nodes] });
    const ada = await stageEnrolment(laurel, courseId, 'ada', { version: 2, earned: 1, total: 4 });
    await stageLesson(laurel, ada, 'welcome', { viewed_at: new Date(), completed_at: '2030-01-05T00:00:00Z' });
    await stageLesson(laurel, ada, 'film', { watched: '{[0,30000),[50000,70500)}', position_ms: 70_500 });
    await stageLesson(laurel, ada, 'quiz', { score: 80 });
    await sql(laurel, `insert into $schema.unit_state (enrolment_id, unit, earned) values ($1, 'one', 1)`, [ada]);
    await stageEnrolment(laurel, courseId, 'bob', { version: 1 });
    await stageEnrolment(laurel, courseId, 'cleo', { version: 2, cohort: 'spring' });
    await stageEnrolment(laurel, courseId, 'dan', { state: 'unpaid' });
    await stageCourse(laurel, 'planned', { draft: nodes });
  });

  const outline = async (participant: string, course = 'garden') =>
    (await clients.participant(participant)).lessons.outline({ course });
  const states = ({ nodes: seen }: Awaited<ReturnType<typeof outline>>) =>
    seen.map(({ id, state, percent }) => `${id} ${state} ${percent}`);

  it('stand in an outline with the states of who learns', async () => {
    const seen = await outline('ada');
    expect(seen).toMatchObject({ course: 'garden', version: 2, enrolled: true, percent: 25 });
    expect(states(seen)).toEqual([
      ...['one started 50', 'welcome done 100', 'film started 55', 'two locked 0', 'quiz locked 99', 'later locked 0'],
    ]);
    const byId = new Map(seen.nodes.map((node) => [node.id, node]));
    expect(byId.get('welcome')).toMatchObject({
      ...{ kind: 'page', minutes: 5, completedAt: '2030-01-05T00:00:00.000Z', locks: [], opensAt: null },
    });
    const waits = { kind: 'completed', node: 'one', title: 'Unit one', atLeast: null, opensAt: null };
    expect(byId.get('quiz')).toMatchObject({ locks: [waits], opensAt: null });
    const opensAt = '2030-03-01T09:00:00.000Z';
    expect(byId.get('later')?.locks).toEqual([
      { kind: 'date', node: null, title: null, atLeast: null, opensAt },
      waits,
    ]);
  });

  it('are those of the version and the cohort of who learns', async () => {
    expect(states(await outline('bob'))).toEqual(['welcome open 0']);
    const cleo = (await outline('cleo')).nodes.map(({ id }) => id);
    expect(cleo).toEqual(['one', 'welcome', 'film', 'two', 'quiz', 'later', 'inner']);
  });

  it('are what somebody new would find to whom is not enrolled', async () => {
    const visitor = await ask(laurel, 'GET', '/courses/garden/outline', { credential: laurel.publishableKey });
    const enrolFirst = { kind: 'not_enrolled', node: null, title: null, atLeast: null, opensAt: null };
    expect(visitor.json).toMatchObject({ version: 2, enrolled: false, percent: 0 });
    expect(visitor.json.nodes.map(({ id }: { id: string }) => id)).not.toContain('secret');
    expect(visitor.json.nodes[1]).toMatchObject({ id: 'welcome', state: 'locked', locks: [enrolFirst] });
    expect(visitor.json.nodes[4].locks).toHaveLength(2);
    expect(await outline('eve')).toEqual(visitor.json);
    expect(await outline('dan')).toEqual(visitor.json);
  });

  it('are all there and open for staff', async () => {
    const all = await laurel.api.lessons.outline({ course: 'garden' });
    expect(all.nodes.map(({ id, state }) => [id, state])).toEqual(nodes.map(({ id }) => [id, 'open']));
    expect(await laurel.api.lessons.get({ course: 'garden', lesson: 'secret' })).toMatchObject({ id: 'secret' });
  });

  it('are not there before a version is', async () => {
    await expect(laurel.api.lessons.outline({ course: 'planned' })).rejects.toMatchObject({
      code: 'course_not_published',
    });
    await expect(laurel.api.lessons.get({ course: 'planned', lesson: 'one' })).rejects.toMatchObject({
      code: 'course_not_published',
    });
    await expect(outline('ada', 'planned')).rejects.toMatchObject({ code: 'course_not_found' });
  });

  it('are read with blocks, what was watched and what is left to do', async () => {
    const ada = (await clients.participant('ada')).lessons;
    expect(await ada.get({ course: 'garden', lesson: 'welcome' })).toMatchObject({
      ...{ state: 'done', todo: [], previous: null, next: 'film', kind: 'page', video: null, watched: [] },
      blocks: [
        { kind: 'heading', level: 1, runs: [{ text: 'Hello' }] },
        { kind: 'paragraph', runs: [{ text: '<b>you</b>' }] },
      ],
    });
    const film = await ada.get({ course: courseId, lesson: 'film' });
    expect(film).toMatchObject({
      ...{ state: 'started', positionMs: 70_500, previous: 'welcome', next: 'quiz', blocks: [] },
      todo: [{ kind: 'watched', have: 50, need: 90, by: null }],
      watched: [
        [0, 30_000],
        [50_000, 70_500],
      ],
      video: { ...video, posterUrl: null, captions: [], chapters: [] },
    });
  });

  it('are refused while they are locked, and say why and when they open', async () => {
    const refused = async (participant: string, id: string) => {
      const { lessons } = await clients.participant(participant);
      return lessons.get({ course: 'garden', lesson: id }).catch(({ code, detail }) => `${code}: ${detail}`);
    };
    expect(await refused('ada', 'quiz')).toBe('lesson_locked: Finish "Unit one" first.');
    expect(await refused('ada', 'later')).toBe(
      'lesson_locked: It opens at 2030-03-01T09:00:00.000Z. Finish "Unit one" first.',
    );
    expect(await refused('ada', 'secret')).toMatch(/^lesson_not_found/);
    expect(await refused('ada', 'inner')).toMatch(/^lesson_not_found/);
    expect(await refused('ada', 'one')).toMatch(/^lesson_not_found/);
    expect(await refused('dan', 'welcome')).toBe('not_enrolled: The participant has not paid yet.');
    expect(await refused('eve', 'welcome')).toMatch(/^not_enrolled/);
  });

  it('open by the clock alone, in the zone of the course', async () => {
    const drip: NodeInput[] = [
      lesson('first', { opens: { kind: 'days', since: 'enrolment', days: 1, at: '09:00' } }),
      lesson('second'),
    ];
    const id = await stageCourse(laurel, 'drip', { versions: [drip], sequential: true, timeZone: 'America/New_York' });
    await stageEnrolment(laurel, id, 'eve', { enrolledAt: '2030-01-10T02:00:00Z' });
    const [first, second] = (await outline('eve', 'drip')).nodes;
    expect(first).toMatchObject({ state: 'locked', opensAt: '2030-01-10T14:00:00.000Z' });
    expect(second?.locks).toEqual([
      { kind: 'sequence', node: 'first', title: 'Lesson first', atLeast: null, opensAt: null },
    ]);
    laurel.travelTo(new Date('2030-01-10T14:00:00Z'));
    expect((await outline('eve', 'drip')).nodes[0]).toMatchObject({ state: 'open', locks: [], opensAt: null });
    laurel.travelTo(new Date('2030-01-10T00:00:00Z'));
  });
});
