import { expect, it } from 'vitest';
import { createCurricula } from './kept-curricula.ts';

/** A database that tells of one version what it is told to, and counts how often it is asked. */
const databaseOf = (rows: readonly { title: string; settled: boolean }[]) => {
  let asked = 0;
  const query = async () => {
    const { title, settled } = rows[Math.min(asked++, rows.length - 1)] as (typeof rows)[number];
    return [{ nodes: [{ id: 'one', type: 'lesson', title, parent: null }], sequential: false, settled }];
  };
  return { database: { query: query as never, schema: 's' }, asked: () => asked };
};

it('keeps a version that is settled, and reads it once', async () => {
  const { database, asked } = databaseOf([{ title: 'A', settled: true }]);
  const curricula = createCurricula();
  expect(await curricula.of(database, 'course', 1)).toBe(await curricula.of(database, 'course', 1));
  expect(asked()).toBe(1);
});

it('does not keep one that the transaction which reads it wrote', async () => {
  const { database } = databaseOf([
    { title: 'undone', settled: false },
    { title: 'published', settled: true },
  ]);
  const curricula = createCurricula();
  expect((await curricula.of(database, 'course', 1)).nodes[0]?.title).toBe('undone');
  expect((await curricula.of(database, 'course', 1)).nodes[0]?.title).toBe('published');
});
