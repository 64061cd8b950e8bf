import { beforeAll, describe, expect, it } from 'vitest';
import { databaseOn } from '../src/db/database.ts';
import { enlist } from '../src/db/enlist.ts';
import { audienceValues } from '../src/insight/audience.ts';
import { createBoard } from '../src/insight/board.ts';
import { enrolmentsOf, readSlices } from '../src/insight/slices.ts';
import type { TestLaurel } from '../src/testing.ts';
import { cohortRow, courseRow, enrolmentRow, lessonNode, type NodeInput, stateRow, watchedRow } from './course-rows.ts';
import { ask, inHostTransaction, sql, storageName, testLaurel } from './support.ts';

const video = (lengthMs: number): Partial<NodeInput> => ({
  kind: 'video',
  video: { provider: 'file', url: 'https://shop.example/film.mp4', lengthMs },
});
const minute = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 12, minutes)).toISOString();

describe(`insight (${storageName})`, () => {
  let laurel: TestLaurel;
  const get = async (path: string, credential = laurel.secretKey) =>
    (await ask(laurel, 'GET', `/courses/${path}`, { credential })).json;
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const person = (externalId: string, displayName: string | null = externalId) =>
    laurel.api.participants.upsert({ externalId, displayName });

  beforeAll(async () => {
    laurel = await testLaurel();
  });

  describe('into who is where', () => {
    let courseId: string;
    let cohortId: string;
    const everybody = Array.from({ length: 11 }, (_, index) => `w-${String(index).padStart(2, '0')}`);

    beforeAll(async () => {
      courseId = await courseRow(laurel, 'where', [[lessonNode('one')]]);
      cohortId = await cohortRow(laurel, courseId, 'autumn');
      for (const [index, name] of everybody.entries()) {
        await person(name, index % 3 === 0 ? null : `Person ${name.toUpperCase()} 100%`);
        await enrolmentRow(laurel, courseId, {
          participant: name,
          cohortId: index % 2 === 0 ? cohortId : null,
          earned: (index * 7) % 5,
          total: 4,
          lastLesson: 'one',
          // Two of the same instant, and three who never began.
          lastActiveAt: index < 3 ? null : `2026-03-01T12:00:00.${String(index === 4 ? 3 : index).padStart(6, '0')}Z`,
          suspect: index === 5,
        });
      }
      await person('w-left');
      await enrolmentRow(laurel, courseId, { participant: 'w-left', state: 'cancelled' });
    });

    const pages = async (query: string) => {
      const found: Record<string, unknown>[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await get(`where/learners?limit=2&${query}${cursor && `&cursor=${cursor}`}`);
        found.push(...page.items);
        cursor = page.nextCursor;
      }
      return found;
    };
    const namesOf = (found: Record<string, unknown>[]) => found.map(({ externalId }) => externalId);

    it('finds each learner once, whatever the order and the pages', async () => {
      for (const sort of ['active', 'percent', 'name']) {
        const names = namesOf(await pages(`sort=${sort}`));
        expect(names.toSorted()).toEqual(everybody);
        expect(names).toEqual(namesOf((await get(`where/learners?limit=100&sort=${sort}`)).items));
      }
    });

    it('reads each learner in one slice, however many slices there are', async () => {
      for (const most of [1, 4, 11, 100]) {
        for (const cohort of [null, { id: cohortId, slug: 'autumn' }]) {
          const audience = { course: { id: courseId }, cohort } as Parameters<typeof readSlices>[1];
          const slices: string[][] = [];
          await inHostTransaction(async (tx) => {
            const database = databaseOn(enlist(tx), laurel.schema);
            const { query, schema } = database;
            const read = async (slice: readonly [string, string | null]) => {
              const rows = await query<{ id: string }>(
                `select id from ${enrolmentsOf(schema, audience, '$3', '$4')} each`,
                [...audienceValues(audience), ...slice],
              );
              slices.push(rows.map(({ id }) => id));
              return rows;
            };
            await readSlices(database, audience, read, most);
          });
          const learners = cohort ? 6 : 11;
          expect(slices.map(({ length }) => length)).toEqual(
            Array.from({ length: Math.ceil(learners / most) }, (_, at) => Math.min(most, learners - at * most)),
          );
          expect(new Set(slices.flat()).size).toBe(learners);
        }
      }
    });

    it('shows the most recently active first, and those who never began last', async () => {
      const found = await pages('');
      const times = found.map(({ lastActiveAt }) => lastActiveAt);
      expect(namesOf(found.slice(0, 6))).toEqual(['w-10', 'w-09', 'w-08', 'w-07', 'w-06', 'w-05']);
      expect(times.slice(-3)).toEqual([null, null, null]);
    });

    it('sorts by percent and by name', async () => {
      const percents = (await pages('sort=percent')).map(({ percent }) => Number(percent));
      expect(percents).toEqual(percents.toSorted((a, b) => b - a));
      expect(new Set(percents)).toEqual(new Set([0, 25, 50, 75, 100]));
      const named = (await pages('sort=name')).filter(({ name }) => name !== null);
      expect(namesOf(named)).toEqual(namesOf(named).toSorted());
    });

    it('searches names and the host’s ids, whatever the case, and takes no wildcards', async () => {
      expect(namesOf(await pages('q=PERSON%20w-0')).toSorted()).toEqual(
        everybody.filter((name, index) => index % 3 !== 0 && name !== 'w-10'),
      );
      expect(namesOf(await pages('q=w-03'))).toEqual(['w-03']);
      expect(await pages('q=w_03')).toEqual([]);
      expect(await pages(`q=${encodeURIComponent('%')}`)).toHaveLength(7);
      expect(await pages(`q=${encodeURIComponent('\\')}`)).toEqual([]);
    });

    it('keeps to a cohort, and says who claims too much', async () => {
      const found = await pages('cohort=autumn&sort=name');
      expect(namesOf(found)).toHaveLength(6);
      expect(new Set(found.map(({ cohort }) => cohort))).toEqual(new Set(['autumn']));
      const suspects = (await pages('')).filter(({ suspect }) => suspect);
      expect(namesOf(suspects)).toEqual(['w-05']);
      expect((await get('where/learners?cohort=none')).code).toBe('cohort_not_found');
      expect((await get('none/learners')).code).toBe('course_not_found');
      expect((await get('where/learners?cursor=none')).code).toBe('invalid_cursor');
    });
  });

  describe('into the funnel', () => {
    let courseId: string;

    beforeAll(async () => {
      courseId = await courseRow(laurel, 'funnel', [
        [lessonNode('a'), lessonNode('old'), lessonNode('b')],
        [
          { id: 'week', type: 'unit', title: 'Week' },
          lessonNode('b', { parent: 'week' }),
          lessonNode('a', { parent: 'week' }),
          lessonNode('new', { parent: 'week' }),
          lessonNode('few', { cohorts: ['autumn'] }),
          { id: 'secret', type: 'unit', title: 'Secret', hidden: true },
          lessonNode('hidden', { parent: 'secret' }),
        ],
      ]);
      const autumn = await cohortRow(laurel, courseId, 'autumn');
      const enrol = async (participant: string, version: number, cohortId: string | null, lastLesson: string) => {
        await person(participant);
        return enrolmentRow(laurel, courseId, { participant, version, cohortId, lastLesson });
      };
      const first = await enrol('f-1', 1, null, 'b');
      await stateRow(laurel, first, 'a', { minutes: 10 });
      await stateRow(laurel, first, 'old', { minutes: 5 });
      await stateRow(laurel, first, 'b');
      // Kept from a version they left: their version has no such lesson.
      await stateRow(laurel, first, 'new', { minutes: 1 });
      const second = await enrol('f-2', 2, null, 'new');
      await stateRow(laurel, second, 'a', { minutes: 3.2 });
      await stateRow(laurel, second, 'b');
      await stateRow(laurel, second, 'new');
      await stateRow(laurel, second, 'few', { minutes: 1 });
      const third = await enrol('f-3', 2, autumn, 'few');
      await stateRow(laurel, third, 'a', { minutes: 60 });
      await stateRow(laurel, third, 'few', { minutes: 0 });
      await enrol('f-4', 2, autumn, 'a');
      await person('f-5');
      const left = await enrolmentRow(laurel, courseId, { participant: 'f-5', version: 2, state: 'cancelled' });
      await stateRow(laurel, left, 'a', { minutes: 1 });
      await sql(laurel, 'update $schema.enrolment set completed_at = now() where id = $1', [third]);
    });

    it('goes in the order of the latest version, and counts learners of older ones where theirs has the lesson', async () => {
      expect(await get('funnel/funnel')).toEqual({
        learners: 4,
        completed: 1,
        steps: [
          { lesson: 'b', title: 'Lesson b', learners: 4, started: 2, done: 0, here: 1, medianMinutes: null },
          { lesson: 'a', title: 'Lesson a', learners: 4, started: 3, done: 3, here: 0, medianMinutes: 10 },
          { lesson: 'new', title: 'Lesson new', learners: 3, started: 1, done: 0, here: 1, medianMinutes: null },
          { lesson: 'few', title: 'Lesson few', learners: 2, started: 1, done: 1, here: 0, medianMinutes: 0 },
        ],
      });
    });

    it('is of one cohort', async () => {
      const { learners, completed, steps } = await get('funnel/funnel?cohort=autumn');
      expect([learners, completed, steps.length]).toEqual([2, 1, 4]);
      expect(steps[1]).toEqual({
        ...{ lesson: 'a', title: 'Lesson a', learners: 2, started: 1, done: 1, here: 0, medianMinutes: 60 },
      });
    });

    it('takes half of those who are done for the median', async () => {
      const id = await courseRow(laurel, 'median', [[lessonNode('a')]]);
      for (const [index, minutes] of [1, 2, 2.5, 100].entries()) {
        await person(`m-${index}`);
        await stateRow(laurel, await enrolmentRow(laurel, id, { participant: `m-${index}` }), 'a', { minutes });
      }
      expect((await get('median/funnel')).steps[0]).toMatchObject({ done: 4, medianMinutes: 2 });
    });

    it('is none before a version is published', async () => {
      const id = await courseRow(laurel, 'unpublished', [[lessonNode('a')]]);
      await sql(laurel, `update $schema.course set state = 'draft', version = null where id = $1`, [id]);
      expect((await get('unpublished/funnel')).code).toBe('course_not_published');
      expect((await get('unpublished/lessons/a/heat-map')).code).toBe('course_not_published');
    });
  });

  describe('into a video', () => {
    it('counts viewers of each bar and plays, as counting second by second does', async () => {
      // 407.3 seconds in bars of 2,037 ms, the last of which is shorter.
      const lengthMs = 407_300;
      const courseId = await courseRow(laurel, 'video', [[lessonNode('film', video(lengthMs)), lessonNode('page')]]);
      const barMs = Math.ceil(lengthMs / 200);
      const bars = Math.ceil(lengthMs / barMs);
      const seen = new Array<number>(bars).fill(0);
      const played = new Array<number>(bars).fill(0);
      let seed = 7;
      const random = (below: number) => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % below;
      };
      const overlap = ([from, to]: readonly [number, number], bar: number) =>
        Math.max(0, Math.min(to, (bar + 1) * barMs, lengthMs) - Math.max(from, bar * barMs));
      for (let learner = 0; learner < 12; learner++) {
        await person(`v-${learner}`);
        const enrolment = await enrolmentRow(laurel, courseId, { participant: `v-${learner}` });
        const all: [number, number][] = [];
        for (let event = 0; event < 3; event++) {
          const stretches = Array.from({ length: 4 }, (): [number, number] => {
            const from = random(3) === 0 ? random(bars) * barMs : random(lengthMs);
            return [from, from + 1 + random(random(2) === 0 ? 3000 : 60_000)];
          });
          const watched = await multirange(laurel, stretches);
          await watchedRow(laurel, enrolment, 'film', watched, learner === 3);
          for (const [bar] of seen.entries()) {
            for (const stretch of parse(watched)) played[bar] = (played[bar] ?? 0) + overlap(stretch, bar);
          }
          all.push(...stretches);
        }
        const union = await multirange(laurel, all);
        await stateRow(laurel, enrolment, 'film', { watched: union });
        for (const [bar, viewers] of seen.entries()) {
          const covered = parse(union).reduce((sum, stretch) => sum + overlap(stretch, bar), 0);
          const length = Math.min(barMs, lengthMs - bar * barMs);
          if (covered * 2 >= length) seen[bar] = viewers + 1;
        }
      }
      const map = await get('video/lessons/film/heat-map');
      expect(map).toEqual({
        ...{ lesson: 'film', lengthMs, barMs, viewers: 12, viewersOf: seen },
        playsOf: played.map((ms, bar) => Math.round(ms / Math.min(barMs, lengthMs - bar * barMs))),
      });
      expect(Math.max(...map.playsOf)).toBeGreaterThan(Math.max(...map.viewersOf));
      for (const lesson of ['page', 'none']) {
        expect((await get(`video/lessons/${lesson}/heat-map`)).code).toBe('lesson_not_found');
      }
    });

    it('has few bars where it is short, and none of them empty without a viewer', async () => {
      await courseRow(laurel, 'short', [[lessonNode('film', video(2500)), lessonNode('blink', video(1))]]);
      expect(await get('short/lessons/film/heat-map')).toEqual({
        ...{ lesson: 'film', lengthMs: 2500, viewers: 0, barMs: 1000, viewersOf: [0, 0, 0], playsOf: [0, 0, 0] },
      });
      expect(await get('short/lessons/blink/heat-map')).toMatchObject({ viewersOf: [0], playsOf: [0] });
    });
  });

  describe('by a board', () => {
    let courseId: string;

    beforeAll(async () => {
      courseId = await courseRow(laurel, 'board', [[lessonNode('a')]]);
      const autumn = await cohortRow(laurel, courseId, 'autumn');
      const spring = await cohortRow(laurel, courseId, 'spring');
      const enrol = async (name: string, shown: string | null, cohortId: string | null, more = {}) => {
        await person(name, shown);
        await enrolmentRow(laurel, courseId, { participant: name, cohortId, total: 10, ...more });
      };
      await enrol('b-late', 'Late', autumn, { earned: 10, completedAt: minute(9) });
      await enrol('b-first', 'First', autumn, { earned: 10, completedAt: minute(1) });
      await enrol('b-half', null, autumn, { earned: 5 });
      await enrol('b-also-half', 'Also half', autumn, { earned: 5 });
      await enrol('b-new', 'New', autumn);
      await enrol('b-left', 'Left', autumn, { earned: 10, completedAt: minute(0), state: 'cancelled' });
      await enrol('b-other', 'Other', spring, { earned: 9 });
      await enrol('b-alone', 'Alone', null, { earned: 1 });
    });

    const rowsOf = (board: { rows: { rank: number; name: string; self: boolean }[] }) =>
      board.rows.map(({ rank, name, self }) => `${rank} ${name}${self ? ' (self)' : ''}`);

    it('ranks the caller’s cohort by percent, then by who was done first; those alike share a place', async () => {
      const board = await get('board/board', await tokenOf('b-half'));
      const guest = board.own.name;
      expect(guest).toMatch(/^Guest [2-9A-Z]{4}$/);
      expect(rowsOf(board).toSorted()).toEqual(
        ['1 First', '2 Late', `3 ${guest} (self)`, '3 Also half', '5 New'].toSorted(),
      );
      expect(board.learners).toBe(5);
      expect(board.own).toEqual({ rank: 3, name: guest, percent: 50, completedAt: null, self: true });
      expect(board.rows[0]).toEqual({
        ...{ rank: 1, name: 'First', percent: 100, completedAt: minute(1), self: false },
      });
    });

    it('tells the own place below the rows that are shown', async () => {
      const board = await get('board/board?limit=1', await tokenOf('b-new'));
      expect([rowsOf(board), board.own.rank, board.learners]).toEqual([['1 First'], 5, 5]);
      const late = await get('board/board?limit=1', await tokenOf('b-late'));
      expect([late.own.rank, late.own.completedAt]).toEqual([2, minute(9)]);
    });

    it('is read once for all who look at it at once, and tells each their own place', async () => {
      const names = ['b-half', 'b-new', 'b-late', 'b-first'];
      const people = await sql<{ id: string; name: string }>(
        laurel,
        'select id, external_id as name from $schema.participant where external_id = any ($1)',
        [names],
      );
      const watchers = [...names, ...names, ...names].map(
        (name) => people.find((each) => each.name === name)?.id ?? '',
      );
      let readings = 0;
      await inHostTransaction(async (tx) => {
        const database = databaseOn(enlist(tx), laurel.schema);
        const query: typeof database.query = (text, ...rest) => {
          if (text.includes('as counts')) readings++;
          return database.query(text, ...rest);
        };
        const read = createBoard(Buffer.alloc(32));
        const look = (id: string) => {
          const context = { database: { ...database, query }, caller: { kind: 'participant', id }, enlisted: false };
          return read({ course: 'board', limit: 10 } as never, context as never);
        };
        const boards = await Promise.all(watchers.map(look));
        expect(boards.slice(0, 4).map(({ own, learners }) => [own?.rank, learners])).toEqual([
          [3, 5],
          [5, 5],
          [2, 5],
          [1, 5],
        ]);
        for (const { rows, own } of boards) expect(rows.filter(({ self }) => self)).toEqual([own]);
      });
      expect(readings).toBeLessThan(watchers.length);
    });

    it('is of the whole course for who is in no cohort, and of any cohort for the host', async () => {
      const alone = await get('board/board', await tokenOf('b-alone'));
      expect([alone.learners, alone.own.rank]).toEqual([7, 6]);
      expect(rowsOf(await get('board/board?cohort=spring'))).toEqual(['1 Other']);
      expect((await get('board/board')).own).toBeNull();
    });

    it('is not for those who do not learn, and not of other cohorts', async () => {
      await person('b-stranger');
      const stranger = await tokenOf('b-stranger');
      expect((await get('board/board', stranger)).code).toBe('not_enrolled');
      expect((await get('board/board', await tokenOf('b-left'))).code).toBe('not_enrolled');
      const half = await tokenOf('b-half');
      expect((await get('board/board?cohort=spring', half)).code).toBe('forbidden');
      expect((await get('board/board?cohort=none', half)).code).toBe('cohort_not_found');
      expect((await get('board/board?cohort=autumn', half)).learners).toBe(5);
    });

    it('holds no id of anybody', async () => {
      const { text } = await ask(laurel, 'GET', '/courses/board/board?limit=100', {
        credential: await tokenOf('b-half'),
      });
      const ids = await sql<{ id: string; external_id: string }>(
        laurel,
        'select enrolment.id::text, participant_id::text, external_id from $schema.enrolment join $schema.participant on participant.id = participant_id',
      );
      for (const id of ids.flatMap((row) => Object.values(row))) expect(text).not.toContain(id);
    });
  });
});

/** Stretches as PostgreSQL joins them. */
async function multirange(laurel: TestLaurel, stretches: readonly (readonly [number, number])[]): Promise<string> {
  const [row] = await sql<{ all: string }>(
    laurel,
    `select range_agg(int4range(a, b))::text as all from unnest($1::integer[], $2::integer[]) as stretch (a, b)`,
    [stretches.map(([from]) => from), stretches.map(([, to]) => to)],
  );
  return row?.all ?? '{}';
}

const parse = (multirange: string) =>
  [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to)] as const);
