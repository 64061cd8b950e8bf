import { paginate } from '@laurelkit/sdk';
import type { Api } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, sql, storageName, testLaurel } from './support.ts';
import { lesson, publishedCourse, republish } from './written-courses.ts';

type Settings = Partial<Parameters<Api['courses']['create']>[0]>;

/** By slug: the settings, and the titles of the lessons. */
const shelf: Record<string, [settings: Settings, titles: string[]]> = {
  painting: [{ name: 'Painting', language: 'en', tags: ['art', 'beginners'] }, ['Mixing colours', 'Landscapes']],
  drawing: [{ name: 'Drawing', language: 'en-GB', tags: ['art'], description: 'Before you are painting.' }, ['Lines']],
  reading: [{ name: 'Reading maps', language: 'en' }, ['The winds', 'Paintings of old maps']],
  pintura: [{ name: 'Pintura', language: 'pt-BR', tags: ['art'] }, ['Misturando as cores']],
  malerei: [{ name: 'Malerei', language: 'de', description: 'Für alle, die schöne Häuser malen.' }, ['Häuser']],
  maalaus: [{ name: 'Maalaus', language: 'fi' }, ['Taloissa on ikkunoita']],
  ebru: [{ name: 'Ebru', language: 'tr' }, ['Renklerin karışımı']],
  hua: [{ name: '绘画', language: 'zh' }, ['Run fast']],
};

describe(`the catalogue (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel();
    for (const [slug, [settings, titles]] of Object.entries(shelf)) {
      const nodes = titles.map((title, index) => lesson(`lesson-${index}`, null, { title }));
      await publishedCourse(laurel.api, slug, nodes, settings);
    }
    await publishedCourse(laurel.api, 'unlisted', [lesson('only')], { name: 'Painting in secret', listed: false });
    await publishedCourse(laurel.api, 'old', [lesson('only')], { name: 'Painting as it was' });
    await laurel.api.courses.update({ course: 'old', state: 'archived' });
    await laurel.api.courses.create({ slug: 'soon', name: 'Painting soon' });
  });

  const found = async (query: string, credential = laurel.publishableKey): Promise<string[]> => {
    const { json } = await ask(laurel, 'GET', `/courses?${query}`, { credential });
    return json.items.map(({ slug }: { slug: string }) => slug);
  };
  const search = (q: string) => found(`q=${encodeURIComponent(q)}`);

  it('shows everybody the listed courses that are published, the newest first', async () => {
    expect(await found('limit=100')).toEqual(Object.keys(shelf).reverse());
    expect(await found('tag=art')).toEqual(['pintura', 'drawing', 'painting']);
    expect(await found('tag=nothing')).toEqual([]);
  });

  it('shows the host all of them', async () => {
    const all = ['soon', 'old', 'unlisted', ...Object.keys(shelf).reverse()];
    expect(await found('limit=100', laurel.secretKey)).toEqual(all);
    const { token } = await laurel.api.staff.createToken({ name: 'Sam' });
    expect(await found('limit=100', token)).toEqual(all);
    expect(new Set(await found('q=painting&limit=100', token))).toEqual(
      new Set(['soon', 'old', 'unlisted', 'painting', 'drawing', 'reading']),
    );
  });

  it('finds names before titles of lessons, and these before descriptions', async () => {
    expect(await search('painting')).toEqual(['painting', 'reading', 'drawing']);
    expect(await search('painted')).toEqual(['painting', 'reading', 'drawing']);
  });

  it.each([
    ['mixes colour', ['painting']],
    ['beginner', ['painting']],
    ['"winds maps"', []],
    ['painting -maps', ['painting', 'drawing']],
    ['lines or winds', ['drawing', 'reading']],
    // Each language by its own stems, and by these alone.
    ['misturar cor', ['pintura']],
    ['haus', ['malerei']],
    ['schönes Haus', ['malerei']],
    ['talo', ['maalaus']],
    ['renk', ['ebru']],
    // A language without stems: words as they are.
    ['run', ['hua']],
    ['running', []],
    ['绘画', ['hua']],
    // Nothing to look for, and nothing that breaks.
    ['the', []],
    ['"', []],
    [`' | & ! ( :*`, []],
  ])('looks for %s', async (q, slugs) => {
    expect(new Set(await search(q))).toEqual(new Set(slugs));
  });

  it('pages without leaving out or repeating any, best match first', async () => {
    for (const query of [{}, { q: 'painting' }, { tag: 'art' }, { q: 'painting', tag: 'art' }]) {
      const whole = (await laurel.api.courses.list({ ...query, limit: 100 })).items.map(({ slug }) => slug);
      const paged = [];
      for await (const { slug } of paginate(laurel.api.courses.list, { ...query, limit: 1 })) paged.push(slug);
      expect(paged).toEqual(whole);
    }
    await expect(laurel.api.courses.list({ cursor: 'WyJ4Il0' })).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('finds a course by what it is called now', async () => {
    await publishedCourse(laurel.api, 'changing', [lesson('only', null, { title: 'Kayaks' })], { name: 'Boats' });
    expect(await search('kayak')).toEqual(['changing']);
    await republish(laurel.api, 'changing', [lesson('only', null, { title: 'Canoes' })]);
    await laurel.api.courses.update({ course: 'changing', name: 'Vessels', tags: ['rivers'] });
    expect(await search('kayak')).toEqual([]);
    expect(await search('boat')).toEqual([]);
    expect(await search('canoes river vessel')).toEqual(['changing']);
    await laurel.api.courses.update({ course: 'changing', language: 'zh' });
    expect(await search('canoe')).toEqual([]);
  });

  it('takes titles of any length', async () => {
    const letters = Array.from({ length: 2000 }, (_, index) =>
      lesson(`lesson-${index}`, null, {
        title: Array.from({ length: 65 }, (_, at) => `${(index * 65 + at).toString(36)}é`)
          .join(' ')
          .slice(0, 200),
      }),
    );
    await publishedCourse(laurel.api, 'long', letters, { name: 'Longest' });
    expect(await search('longest')).toEqual(['long']);
    await sql(laurel, `update $schema.course set listed = false where slug = 'long'`);
  });
});
