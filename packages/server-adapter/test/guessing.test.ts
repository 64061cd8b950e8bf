import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { knownCode, newCode } from '../src/attribution/code.ts';
import type { TestLaurel } from '../src/testing.ts';
import { sharedEmbedded } from './embedded.ts';
import { ask, databaseUrl, seed, sql, storageName, testLaurel } from './support.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe(`guessing codes (${storageName})`, () => {
  let laurel: TestLaurel;
  let known: string[];
  let pool: pg.Pool | undefined;
  /** How many statements were sent so far. */
  let statements: () => number;

  beforeAll(async () => {
    pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl, max: 4 }) : undefined;
    const runner = pool ?? (await sharedEmbedded());
    laurel = await testLaurel({ background: false, database: runner });
    await seed(laurel.api, ['ada']);
    await laurel.api.programs.create({
      ...{ slug: 'early', name: 'Early', landingUrl: 'https://shop.example/early' },
      ...{ attribution: { model: 'first' } },
    });
    for (const code of ['ada-code', 'ada-kode']) {
      await laurel.api.joining.chooseCode({ program: 'friends', participant: 'ada', code });
    }
    for (const code of ['ada-gold', 'ada-coin']) {
      await laurel.api.joining.chooseCode({ program: 'early', participant: 'ada', code });
    }
    known = ['ada-code', 'ada-kode', 'ada-gold', 'ada-coin'];
    const spy = vi.spyOn(runner as { query(...given: unknown[]): unknown }, 'query');
    statements = () => spy.mock.calls.length;
  });

  afterAll(async () => {
    await laurel.close();
    await pool?.end();
  });

  /** An answer with everything that may differ between any two left out, and how much was done for it. */
  const look = async (
    method: string,
    path: string,
    code: string,
    { body, cookie }: { body?: object; cookie?: string } = {},
  ) => {
    const before = statements();
    const request = new Request(`https://shop.example/api${path}`, {
      method,
      headers: {
        'user-agent': firefox,
        ...(cookie && { cookie }),
        authorization: `Bearer ${laurel.publishableKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const response = await laurel.fetch(request, { remoteAddress: '203.0.113.7' });
    const text = await response.text();
    const same = (value: string) =>
      value
        .replaceAll(code, 'CODE')
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
        .replace(/(laurel_click_\w+=)[\w-]+/g, (_, name: string) => `${name}SEALED`);
    return {
      cookie: response.headers.getSetCookie()[0]?.split(';')[0],
      seen: {
        status: response.status,
        headers: [...response.headers].map(([name, value]) => `${name}: ${same(value)} ${value.length}`),
        text: same(text),
        length: text.length,
        statements: statements() - before,
      },
    };
  };
  type Look = [method: string, path: (code: string) => string, body?: (code: string) => object];

  /** Two codes of each programme. */
  const codesOf = { friends: ['ada-code', 'ada-kode'], early: ['ada-gold', 'ada-coin'] } as const;

  const ways: Record<string, Look> = {
    'a link': ['GET', (code) => `/r/${code}`],
    'a link of a programme': ['GET', (code) => `/r/${code}?program=early`],
    'a link without consent': ['GET', (code) => `/r/${code}?consent=0&channel=mail&to=/there`],
    'a preview': ['HEAD', (code) => `/r/${code}`],
    'a click': ['POST', () => '/clicks', (referralCode) => ({ referralCode })],
    'a click with consent': ['POST', () => '/clicks', (referralCode) => ({ referralCode, consent: true })],
    'a click of a programme': [
      'POST',
      () => '/clicks',
      (referralCode) => ({ referralCode, program: 'early', consent: true }),
    ],
    'an invitation': ['GET', (code) => `/programs/friends/invitation?referralCode=${code}`],
  };

  it.each(Object.entries(ways))(
    'known and unknown codes are answered alike, by as many statements: %s',
    async (_, way) => {
      const [method, path, body] = way;
      const [known, another] = codesOf[JSON.stringify([path(''), body?.('')]).includes('early') ? 'early' : 'friends'];
      // The invitation wants a key, which a body brings along otherwise.
      const attempt = (code: string, cookie?: string) =>
        look(method, path(code), code, { ...(body && { body: body(code) }), ...(cookie && { cookie }) });
      const somebodys = await attempt(known);
      const nobodys = await attempt('abc-code');
      expect(somebodys.seen.status).toBeLessThan(400);
      expect(somebodys.seen.statements).toBeGreaterThan(0);
      expect(nobodys.seen).toEqual(somebodys.seen);
      expect((await attempt(known.toUpperCase())).seen).toEqual(somebodys.seen);
      // With the cookies of both, once more.
      for (const before of [somebodys, nobodys]) {
        if (!before.cookie) continue;
        const [again, other] = [await attempt(another, before.cookie), await attempt('abc-kode', before.cookie)];
        expect(again.cookie).toBeDefined();
        expect(other.seen).toEqual(again.seen);
      }
    },
  );

  it('a first click that counts stays in the cookie, which each later link writes again', async () => {
    const cookieAfter = async (code: string, cookie?: string) =>
      (await look('GET', `/r/${code}?program=early`, code, { ...(cookie && { cookie }) })).cookie ?? '';
    const rows = () => sql<{ id: string }>(laurel, 'select id from $schema.click');
    const before = new Set((await rows()).map(({ id }) => id));
    const first = await cookieAfter('ada-gold');
    const firstClick = (await rows()).find(({ id }) => !before.has(id))?.id;
    const later = [await cookieAfter('ada-coin', first), await cookieAfter('abc-coin', first)];
    expect(new Set([first, ...later]).size).toBe(3);
    for (const [index, cookie] of later.entries()) {
      const participant = `late-${index}`;
      await laurel.api.participants.upsert({ externalId: participant });
      const { id } = await laurel.api.referrals.create({ program: 'early', participant, cookie });
      const [edge] = await sql<{ click_id: string }>(laurel, 'select click_id from $schema.referral where id = $1', [
        id,
      ]);
      expect(edge?.click_id).toBe(firstClick);
    }
  });

  it('a code nobody has neither counts nor takes the place of a click that does', async () => {
    const rows = async () => (await sql(laurel, 'select from $schema.click')).length;
    const first = await look('GET', '/r/ada-code', 'ada-code');
    const before = await rows();
    const second = await look('GET', '/r/producthunt', 'producthunt', { cookie: first.cookie ?? '' });
    expect(await rows()).toBe(before);
    await laurel.api.participants.upsert({ externalId: 'eve' });
    const edge = { program: 'friends', participant: 'eve' };
    await expect(laurel.api.referrals.create({ ...edge, clickId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'click_not_found',
    });
    await expect(
      laurel.api.referrals.create({ ...edge, clickId: crypto.randomUUID(), cookie: second.cookie ?? '' }),
    ).resolves.toMatchObject({ attributedBy: 'click' });
  });

  it('is counted for a participant, by whatever they say they came', async () => {
    const strict = await testLaurel({ background: false, limits: { token: 4 } });
    await seed(strict.api, ['ada', 'bob']);
    const { token } = await strict.api.participants.createToken({ participant: 'bob' });
    const guess = async (touch: object) =>
      (await ask(strict, 'POST', '/referrals', { credential: token, body: { program: 'friends', ...touch } })).status;
    const click = { clickId: crypto.randomUUID() };
    expect([await guess(click), await guess(click), await guess({})]).toEqual([404, 404, 422]);
    expect([await guess({ referralCode: 'abc-code' }), await guess(click), await guess({})]).toEqual([404, 429, 429]);
    const answers = [];
    for (let n = 0; n < 6; n++) {
      answers.push(
        await strict.api.referrals
          .create({ program: 'friends', participant: 'bob', clickId: crypto.randomUUID() })
          .catch(({ code }) => code),
      );
    }
    expect(new Set(answers)).toEqual(new Set(['click_not_found']));
  });

  it('leads nowhere only where there is no programme at all', async () => {
    const empty = await testLaurel({ background: false });
    const response = await empty.fetch(new Request('https://shop.example/api/r/ada-code'));
    expect([response.status, (await response.json()).code]).toEqual([404, 'program_not_found']);
    await seed(empty.api, []);
    await empty.api.programs.update({ program: 'friends', archived: true });
    expect((await empty.fetch(new Request('https://shop.example/api/r/ada-code'))).status).toBe(302);
  });

  it('a million guesses over the space of codes find no more than chance does', async () => {
    const owners = 2_000;
    await sql(
      laurel,
      `with person as (
        insert into $schema.participant (id, external_id)
        select gen_random_uuid(), 'owner-' || n from generate_series(1, ${owners}) n returning id, external_id
      )
      insert into $schema.referral_code (program_id, participant_id, code)
      select program.id, person.id, codes.code from person
      join (select code, n from unnest($1::text[]) with ordinality as each(code, n)) codes on person.external_id = 'owner-' || codes.n
      cross join $schema.program where slug = 'friends'`,
      [Array.from({ length: owners }, () => newCode())],
    );
    /** How many of these codes lead to somebody, by the look-up that links go through. */
    const hits = async (guesses: string[]) => {
      const [row] = await sql<{ hits: string }>(
        laurel,
        `select count(*) as hits from unnest($1::text[]) as guess(code) cross join lateral (${knownCode('$schema', 'guess.code')} offset 0) found`,
        [guesses],
      );
      return Number(row?.hits);
    };
    let found = 0;
    for (let batch = 0; batch < 20; batch++) found += await hits(Array.from({ length: 50_000 }, () => newCode()));
    // 2,000 codes among 28^9 (43 bits): a million guesses find one of them once in 5,000 runs.
    expect(found).toBeLessThanOrEqual(1);
    expect(await hits([...known, 'ADA-CODE', ...Array.from({ length: 50_000 }, () => newCode())])).toBe(5);
    expect(Math.log2(28 ** 9)).toBeGreaterThan(43);
  });
});
