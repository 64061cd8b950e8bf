import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { type NodeInput, nodeOf, stageCourse } from './course-stage.ts';
import { ask, storageName, testLaurel } from './support.ts';

const nodes: NodeInput[] = [
  { id: 'week-1', type: 'unit', title: 'Week 1', label: 'Week' },
  { id: 'welcome', parent: 'week-1', type: 'lesson', title: 'Welcome', markdown: '# Hi\n\n- [x] done' },
  { id: 'site', parent: 'week-1', type: 'lesson', title: 'Site', kind: 'external', url: 'https://a.example/' },
];
const about = { name: 'The course', description: 'About it.', language: 'en' };

describe(`courses as files (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ bodyLimit: 1_000_000 });
    await stageCourse(laurel, 'garden', { versions: [nodes], draft: [] });
    await stageCourse(laurel, 'planned', { draft: nodes });
  });

  const send = (path: string, init: RequestInit = {}, credential = laurel.secretKey) =>
    laurel.fetch(
      new Request(`https://shop.example/api${path}`, { ...init, headers: { authorization: `Bearer ${credential}` } }),
    );
  const convert = async (format: string, body: Uint8Array | string) => {
    const answer = await send(`/courses/convert?format=${format}`, { method: 'POST', body: Buffer.from(body) });
    return { status: answer.status, json: await answer.json() };
  };

  it.each([
    ['json', 'garden', 'garden.json'],
    ['markdown', 'garden', 'garden.zip'],
    ['json', 'planned', 'planned.json'],
    ['markdown', 'planned', 'planned.zip'],
  ])('go out as %s of %s and come back the same', async (format, course, filename) => {
    const answer = await send(`/courses/${course}/export/${format}`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${filename}"`);
    const { status, json } = await convert(format, new Uint8Array(await answer.arrayBuffer()));
    expect(status, JSON.stringify(json)).toBe(200);
    expect(json).toEqual({ ...about, nodes: nodes.map(nodeOf), faults: [], notes: [] });
  });

  it('go out as a Common Cartridge and come back with their tree', async () => {
    const answer = await send('/courses/garden/export/imscc');
    const { json } = await convert('imscc', new Uint8Array(await answer.arrayBuffer()));
    expect(json).toMatchObject({ ...about, notes: [] });
    expect(json.nodes.map(({ id, parent, kind }: NodeInput) => [id, parent, kind])).toEqual([
      ['week-1', null, null],
      ['welcome', 'week-1', 'page'],
      ['site', 'week-1', 'external'],
    ]);
  });

  it.each([
    ['json', '{', /JSON/],
    ['json', '{"format":"other","version":1,"nodes":[]}', /format/],
    ['json', '{"format":"laurel-course","version":1,"nodes":[{"id":"A","type":"lesson","title":"x"}]}', /nodes\.0\.id/],
    [
      'json',
      '{"format":"laurel-course","version":1,"nodes":[{"id":"a","type":"lesson","title":"x","y":1}]}',
      /nodes\.0 y/,
    ],
    ['json', Buffer.from([0xff, 0xfe, 0x7b]), /UTF-8/],
    ['json', '', /JSON/],
    ['markdown', 'no zip', /zip/],
    ['markdown', '', /zip/],
    ['markdown', zipSync({ '../a.md': new Uint8Array([65]) }), /leads out/],
    ['markdown', zipSync({ 'a.md': new Uint8Array(3_000_000) }), /packed/],
    ['imscc', zipSync({ 'a.md': new Uint8Array([65]) }), /imsmanifest/],
    ['imscc', '<!DOCTYPE x [<!ENTITY a "b">]><manifest/>', /DOCTYPE/],
  ])('that are none are refused as %s: %#', async (format, body, message) => {
    const { status, json } = await convert(format, body);
    expect([status, json.code]).toEqual([422, 'course_file_invalid']);
    expect(json.detail).toMatch(message);
  });

  it('may be larger than other bodies, up to 32 MiB', async () => {
    const within = await convert('json', ' '.repeat(1_000_001));
    expect([within.status, within.json.code]).toEqual([422, 'course_file_invalid']);
    const answer = await convert('json', ' '.repeat(32 * 2 ** 20 + 1));
    expect([answer.status, answer.json.code]).toEqual([413, 'body_too_large']);
  });

  it('are the host’s business alone', async () => {
    const forbidden = await send('/courses/garden/export/json', {}, laurel.publishableKey);
    expect(forbidden.status).toBe(403);
  });

  it('show Markdown as learners will see it', async () => {
    const body = { markdown: '**bold** <b>x</b>' };
    const { json } = await ask(laurel, 'POST', '/courses/render', { credential: laurel.secretKey, body });
    expect(json.blocks).toMatchObject([
      {
        kind: 'paragraph',
        runs: [
          { text: 'bold', marks: ['strong'] },
          { text: ' <b>x</b>', marks: [] },
        ],
      },
    ]);
  });
});
