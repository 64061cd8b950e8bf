import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { browser } from './browser.ts';
import { ask, newcomers, seed, sql, storageName, testLaurel } from './support.ts';

describe(`codes (${storageName})`, () => {
  let laurel: TestLaurel;

  const newPerson = newcomers(() => laurel);
  const choose = (participant: string, code: string, kind?: 'coupon' | 'imported') =>
    ask(laurel, 'POST', '/programs/friends/codes', {
      credential: laurel.secretKey,
      body: { participant, code, ...(kind && { kind }) },
    });
  const codesOf = async (participant: string) =>
    (await laurel.api.joining.codes({ program: 'friends', participant })).items;
  const linkOf = async (participant: string) =>
    (await laurel.api.programs.me({ program: 'friends', participant })).referralCode;
  const idOf = async (participant: string) => (await laurel.api.participants.get({ participant })).id;
  const referrerBy = async (referralCode: string) => {
    const referee = await newPerson();
    await laurel.api.referrals.create({ program: 'friends', participant: referee, referralCode });
    return (await laurel.api.referrals.list({ referee })).items[0]?.referrer;
  };

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
  });

  it('are chosen, shown by links from then on, and the older ones keep working', async () => {
    const person = await newPerson();
    const generated = await linkOf(person);
    expect(await choose(person, 'Ana-2026')).toMatchObject({
      status: 201,
      json: { code: 'Ana-2026', kind: 'vanity', primary: true },
    });
    expect(await linkOf(person)).toBe('Ana-2026');
    expect(await referrerBy('ANA-2026')).toBe(await idOf(person));
    expect(await referrerBy(generated)).toBe(await idOf(person));
    const { location } = await browser(laurel).follow(generated);
    expect(location?.searchParams.get('rid')).toBeTruthy();
    expect((await choose(person, generated)).json.primary).toBe(true);
    expect((await codesOf(person)).map(({ code, primary }) => [code, primary])).toEqual([
      [generated, true],
      ['Ana-2026', false],
    ]);
  });

  it('of somebody else are taken, in any case and by look-alikes', async () => {
    const [one, two] = [await newPerson(), await newPerson()];
    await choose(one, 'BILL_0O1l');
    for (const code of ['bill_0o1l', 'BILL_OOlI', 'b1ll-0011', 'BiLL_0O1l']) {
      expect(await choose(two, code), code).toMatchObject({ status: 409, json: { code: 'code_taken' } });
    }
    expect((await choose(two, 'BILL_OOlX')).status).toBe(201);
    const generated = await linkOf(one);
    expect((await choose(two, generated.toUpperCase())).json.code).toBe('code_taken');
  });

  it('of other products are taken as they are, though they look alike', async () => {
    const [one, two] = [await newPerson(), await newPerson()];
    expect((await choose(one, 'qO0q', 'imported')).status).toBe(201);
    expect((await choose(two, 'q00q', 'imported')).status).toBe(201);
    expect((await choose(two, 'QO0Q', 'imported')).json.code).toBe('code_taken');
    expect([await referrerBy('qo0q'), await referrerBy('q00q')]).toEqual([await idOf(one), await idOf(two)]);
  });

  it('are not words the host would use', async () => {
    const person = await newPerson();
    for (const code of ['admin', 'API', 'www', 'Laurel', 'null', 'sign-up', 'no_reply', 'check-out', 'appointed']) {
      const answer = await choose(person, code);
      if (code === 'appointed') expect(answer.status).toBe(201);
      else expect(answer, code).toMatchObject({ status: 422, json: { code: 'code_reserved' } });
    }
  });

  it('are at most ten of one’s own choice; coupons and imports come from the host, beside them', async () => {
    const person = await newPerson();
    for (let index = 0; index < 10; index++) expect((await choose(person, `mine-${index}x`)).status).toBe(201);
    expect((await choose(person, 'mine-10x')).json.code).toBe('too_many_codes');
    expect((await choose(person, 'mine-3x')).json.primary).toBe(true);
    expect((await choose(person, 'TENPERCENT', 'coupon')).json).toMatchObject({ kind: 'coupon', primary: false });
    expect((await choose(person, 'old-tool-7', 'imported')).json).toMatchObject({ kind: 'imported', primary: true });
    expect(await codesOf(person)).toHaveLength(13);
    const { token } = await laurel.api.participants.createToken({ participant: person });
    const body = { code: 'FREESTUFF', kind: 'coupon' };
    const answer = await ask(laurel, 'POST', '/programs/friends/codes', { credential: token, body });
    expect(answer.json.code).toBe('forbidden');
  });

  it('of one name go to one of 8 who ask at once, and a participant ends with one primary code', async () => {
    const rivals = await Promise.all(Array.from({ length: 8 }, newPerson));
    const answers = await Promise.all(rivals.map((person, index) => choose(person, index % 2 ? 'POPULAR' : 'p0pu1ar')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);

    const person = await newPerson();
    const calls = Array.from({ length: 12 }, (_, index) =>
      index % 3 ? choose(person, `busy-${index}`) : laurel.api.programs.me({ program: 'friends', participant: person }),
    );
    await Promise.all(calls);
    const codes = await codesOf(person);
    expect(codes.filter(({ primary }) => primary)).toHaveLength(1);
    expect(codes).toHaveLength(9);
    expect(await linkOf(person)).toBe(codes[0]?.code);
  });

  it('never repeat a primary one, whatever is chosen in whatever order', async () => {
    const step = fc.record({
      who: fc.nat(2),
      code: fc.constantFrom('aaa', 'AAA', 'bbb', 'b0b', 'bob', 'ccc', 'cc1', 'ccl'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        await sql(laurel, 'delete from $schema.referral_code');
        const persons = ['law-0', 'law-1', 'law-2'];
        for (const person of persons) await laurel.api.participants.upsert({ externalId: person });
        for (const { who, code } of steps) await choose(persons[who] ?? '', code);
        const rows = await sql<{ alike: string; person: string; primary: boolean }>(
          laurel,
          `select translate(lower(code), '01i_', 'oll-') as alike, participant_id::text as person, is_primary as primary from $schema.referral_code`,
        );
        expect(new Set(rows.map(({ alike }) => alike)).size).toBe(rows.length);
        const primaries = rows.filter(({ primary }) => primary).map(({ person }) => person);
        expect(primaries.sort()).toEqual([...new Set(rows.map(({ person }) => person))].sort());
      }),
      { numRuns: 25 },
    );
  });
});

describe(`invitations (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob']);
    await laurel.api.programs.update({ program: 'friends', refereeOffer: '10 % off' });
  });

  const invitation = async (code: string) =>
    (
      await ask(laurel, 'GET', `/programs/friends/invitation?referralCode=${code}`, {
        credential: laurel.publishableKey,
      })
    ).text;
  const introduce = async (introducedAs: string | null) => {
    const { token } = await laurel.api.participants.createToken({ participant: 'ada' });
    return ask(laurel, 'PATCH', '/programs/friends/me', { credential: token, body: { introducedAs } });
  };

  it('name who invited as far as they allow, and what there is to get', async () => {
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    const nobody = await invitation('nobody-has-it');
    expect(JSON.parse(nobody)).toEqual({
      program: 'friends',
      programName: 'Friends',
      invitedBy: null,
      offer: '10 % off',
    });
    expect(await invitation(referralCode)).toBe(nobody);
    expect((await introduce('Ada \u202eL.')).json).toEqual({ introducedAs: 'Ada L.' });
    expect(JSON.parse(await invitation(referralCode.toUpperCase())).invitedBy).toBe('Ada L.');
    await introduce(null);
    expect(await invitation(referralCode)).toBe(nobody);
  });
});
