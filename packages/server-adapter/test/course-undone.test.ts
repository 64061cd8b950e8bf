import type { Api } from '@laurelkit/sdk/contract';
import { expect, it } from 'vitest';
import { enlist } from '../src/db/enlist.ts';
import { courseOf, publish } from './enrolment-stage.ts';
import { ask, inHostTransaction, newcomers, storageName, testLaurel } from './support.ts';
import { lesson } from './written-courses.ts';

it(`a version of a transaction that was undone is not remembered (${storageName})`, async () => {
  const laurel = await testLaurel({ background: false });
  const newcomer = newcomers(() => laurel);
  const id = await courseOf(laurel, 'weaving', {}, ['warp']);
  const [first, second, third] = [await newcomer(), await newcomer(), await newcomer()];
  const insert = (savepoint: boolean) =>
    inHostTransaction(async (transaction) => {
      const { query } = enlist(transaction);
      if (savepoint) await query('savepoint within');
      await query(
        `insert into "${laurel.schema}".course_version (course_id, version, nodes, sequential, lessons, actor)
         select course_id, 2, '[]', false, 0, 'test' from "${laurel.schema}".course_version where course_id = $1`,
        [id],
      );
      await query(`update "${laurel.schema}".course set version = 2 where id = $1`, [id]);
      if (savepoint) await query('release savepoint within');
      const { version } = await laurel.api
        .with(transaction)
        .enrolments.enroll({ course: 'weaving', participant: first ?? '' });
      expect(version).toBe(2);
      throw new Error('undone');
    });
  for (const savepoint of [false, true]) await expect(insert(savepoint)).rejects.toThrow('undone');

  await publish(laurel, 'weaving', 2, ['warp', 'weft', 'heddle']);
  for (const participant of [second, third]) {
    await laurel.api.enrolments.enroll({ course: 'weaving', participant: participant ?? '' });
    const { token } = await laurel.api.participants.createToken({ participant: participant ?? '' });
    const { json } = await ask(laurel, 'GET', '/courses/weaving/outline', { credential: token });
    expect(json.nodes.map((node: { id: string }) => node.id)).toEqual(['warp', 'weft', 'heddle']);
  }
});

it(`the text of a lesson of a transaction that was undone is not remembered (${storageName})`, async () => {
  const laurel = await testLaurel({ background: false });
  const { api } = laurel;
  const course = 'pottery';
  await api.courses.create({ slug: course, name: 'Pottery' });
  const written = (here: Api, revision: number, markdown: string) =>
    here.courses.saveDraft({ course, revision, nodes: [lesson('clay', null, { markdown })] });
  const shown = async (here: Api) => JSON.stringify((await here.lessons.get({ course, lesson: 'clay' })).blocks);
  const undone = inHostTransaction(async (transaction) => {
    const here = api.with(transaction);
    await written(here, 0, 'By hand');
    await here.courses.publish({ course, revision: 1 });
    expect(await shown(here)).toContain('By hand');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');

  await written(api, 0, 'On the wheel');
  await api.courses.publish({ course, revision: 1 });
  expect(await shown(api)).toContain('On the wheel');
});
