import { createHash } from 'node:crypto';
import { canonicalJson } from '@laurelkit/sdk/draws';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { kept } from './keep.ts';
import { ask, seed, sql, storageName, testLaurel } from './support.ts';

const program = 'friends';
const contest = 'spring';

describe(`official rules (${storageName})`, () => {
  let laurel: TestLaurel;
  const read = (path = 'rules', slug = contest) => ask(laurel, 'GET', `/contests/${slug}/${path}`);
  const versions = async () =>
    (
      await sql<{ version: number }>(
        laurel,
        `select version from $schema.contest_rules join $schema.contest on contest.id = contest_id where slug = $1 order by 1`,
        [contest],
      )
    ).map(({ version }) => version);

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, [], { rules: { sponsor: 'The shop' }, prizes: [{ name: 'Mug' }] });
  });

  it('are public, with a hash of what they say', async () => {
    const { status, json } = await read();
    expect(status).toBe(200);
    expect(json).toMatchObject({ contest, version: 1, versions: 1, title: 'Official rules: Spring' });
    const { title, sections } = json;
    expect(createHash('sha256').update(canonicalJson({ title, sections })).digest('hex')).toBe(json.hash);
    expect(await laurel.api.contests.get({ contest })).toMatchObject({ rulesVersion: 1 });
  });

  it('have a new version exactly when they say something else', async () => {
    const { json: first } = await read();
    await laurel.api.contests.update({ contest, description: 'A new word', publishResults: 'automatically' });
    await laurel.api.contests.update({ contest, name: 'Spring' });
    await laurel.api.contests.pause({ contest, note: 'A pause.' });
    await laurel.api.contests.resume({ contest, note: 'On again.' });
    expect(await versions()).toEqual([1]);
    expect(await laurel.api.contests.update({ contest, claim: { days: 7 } })).toMatchObject({ rulesVersion: 2 });
    expect(await laurel.api.contests.update({ contest, rules: { sponsor: 'The other shop' } })).toMatchObject({
      rulesVersion: 3,
    });
    expect(await laurel.api.contests.update({ contest, rules: { sponsor: 'The shop' }, claim: null })).toMatchObject({
      rulesVersion: 4,
    });
    const endsAt = new Date(Date.now() + 40 * 86_400_000).toISOString();
    expect(await laurel.api.contests.extend({ contest, endsAt, note: 'Longer.' })).toMatchObject({ rulesVersion: 5 });
    expect(await versions()).toEqual([1, 2, 3, 4, 5]);
    expect((await read('rules?version=1')).json).toEqual({ ...first, versions: 5 });
    const { json: fourth } = await read('rules?version=4');
    expect(fourth.hash).toBe(first.hash);
    expect((await read()).json.version).toBe(5);
    for (const version of [6, 0, 'x']) {
      const { status, json } = await read(`rules?version=${version}`);
      expect([status, json.code]).toEqual(version === 6 ? [404, 'rules_not_found'] : [422, 'validation_failed']);
    }
    await expect(sql(laurel, `update $schema.contest_rules set hash = '' where version = 1`)).rejects.toThrow();
  });

  it('are one version for two who change them at once', async () => {
    const before = await versions();
    await Promise.all(
      ['A', 'B', 'C', 'D'].map((sponsor) => laurel.api.contests.update({ contest, rules: { sponsor } })),
    );
    const after = await versions();
    expect(after).toEqual(Array.from({ length: before.length + 4 }, (_, index) => index + 1));
    expect((await laurel.api.contests.get({ contest })).rulesVersion).toBe(after.length);
  });

  it('are a page that nothing can be put into, and that shows in no frame', async () => {
    await laurel.api.contests.update({ contest, name: '<b>"Spring"</b> & مسابقة' });
    const { status, headers, text } = await read('rules.html');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const style = /<style>([^<]*)<\/style>/.exec(text)?.[1] ?? '';
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).toContain('<h1 dir="auto">Official rules: &lt;b&gt;&quot;Spring&quot;&lt;/b&gt; &amp; مسابقة</h1>');
    expect(text).not.toMatch(/style=|<script|onclick/);
    expect(text).toContain('<a href="rules.html?version=1">Version 1</a>');
    expect(text).toContain((await read()).json.hash);
    const { text: old } = await read('rules.html?version=1');
    expect(old).toContain('Official rules: Spring</h1>');
    expect(old).toContain('No longer in force');
  });

  it('of a draft are the host’s alone, and kept from when it no longer is one', async () => {
    const draft = { program, slug: 'draft', name: 'Secret', state: 'draft' } as const;
    await laurel.api.contests.create({ ...draft, startsAt: '2030-01-01T00:00:00Z', endsAt: '2030-02-01T00:00:00Z' });
    expect((await read('rules', 'draft')).status).toBe(404);
    expect((await laurel.api.contests.rules({ contest: 'draft' })).title).toContain('Secret');
    await laurel.api.contests.update({ contest: 'draft', name: 'Public' });
    expect(await laurel.api.contests.update({ contest: 'draft', state: 'scheduled' })).toMatchObject({
      rulesVersion: 1,
    });
    expect((await read('rules', 'draft')).json).toMatchObject({ versions: 1, title: 'Official rules: Public' });
    await laurel.api.contests.update({ contest: 'draft', state: 'draft', name: 'Secret again' });
    await laurel.api.contests.update({ contest: 'draft', state: 'scheduled', name: 'Public' });
    expect((await read('rules', 'draft')).json.versions).toBe(1);
    await laurel.api.contests.update({ contest: 'draft', state: 'draft' });
    await laurel.api.contests.update({ contest: 'draft', name: 'Changed' });
    expect((await laurel.api.contests.update({ contest: 'draft', state: 'scheduled' })).rulesVersion).toBe(2);
    expect((await read('rules?version=1', 'draft')).json.title).toBe('Official rules: Public');
  });

  it('of contests of before there were any are read at once, and kept soon', async () => {
    const old = `insert into $schema.contest (id, program_id, slug, name, state, starts_at, ends_at, time_zone, period, scoring, hide_until_end)
      select gen_random_uuid(), id, $1, 'Old', 'scheduled', now() - interval '1 day', now() + interval '1 day', 'UTC', 'contest',
        '[{"event":"*","points":1}]', false from $schema.program`;
    await sql(laurel, old, ['old']);
    await sql(laurel, old, ['older']);
    const { json } = await read('rules', 'old');
    expect(json).toMatchObject({ version: 1, versions: 1, title: 'Official rules: Old' });
    expect((await read('rules.html', 'old')).status).toBe(200);
    const stored = (slug: string) =>
      sql<{ hash: string }>(
        laurel,
        'select hash from $schema.contest_rules join $schema.contest on contest.id = contest_id where slug = $1 order by version',
        [slug],
      );
    expect(await stored('old')).toEqual([]);
    await laurel.api.contests.update({ contest: 'old', name: 'Renamed' });
    expect((await stored('old'))[0]?.hash).toBe(json.hash);
    expect(await stored('old')).toHaveLength(2);
    const node = await testLaurel({ schema: laurel.schema });
    await kept(node, async () => (await stored('older')).length === 1);
    expect((await stored('older'))[0]?.hash).toBe((await read('rules', 'older')).json.hash);
  });
});
