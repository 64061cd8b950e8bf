import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { browser } from './browser.ts';
import { ask, newcomers, seed, sql, storageName, testLaurel } from './support.ts';

describe(`referrals (${storageName})`, () => {
  let laurel: TestLaurel;
  let ada: string;
  let bea: string;

  const codeOf = async (participant: string, program = 'friends') =>
    (await laurel.api.programs.me({ program, participant })).referralCode;
  const newPerson = newcomers(() => laurel);
  const clicksOf = async (participant: string) =>
    (await laurel.api.programs.me({ program: 'friends', participant })).counts.clicks;
  const referrerOf = async (referee: string, program = 'friends') => {
    const [row] = await sql<{ referrer: string }>(
      laurel,
      `select referrer.external_id as referrer from $schema.referral
       join $schema.participant referrer on referrer.id = referrer_id
       join $schema.participant referee on referee.id = referee_id
       join $schema.program on program.id = program_id where referee.external_id = $1 and slug = $2`,
      [referee, program],
    );
    return row?.referrer ?? null;
  };

  const bind = (participant: string, more: object, headers: Record<string, string> = {}) =>
    ask(laurel, 'POST', '/referrals', {
      credential: laurel.secretKey,
      body: { program: 'friends', participant, ...more },
      headers,
    });

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bea'], { scoring: [{ event: 'referral', points: 1 }] });
    await laurel.api.programs.create({
      ...{ slug: 'early', name: 'Early', landingUrl: 'https://shop.example/early' },
      ...{ attribution: { model: 'first', windowDays: 7 } },
    });
    ada = await codeOf('ada');
    bea = await codeOf('bea');
  });

  it('lead from link to cookie to edge', async () => {
    const visitor = browser(laurel);
    const before = await clicksOf('ada');
    const answer = await visitor.follow(`${ada}?channel=mail`);
    expect(answer.status).toBe(302);
    expect(answer.location?.origin).toBe('https://shop.example');
    expect(answer.location?.pathname).toBe('/welcome');
    expect(answer.location?.searchParams.get('ref')).toBe(ada);
    expect(answer.cookies).toEqual([
      expect.stringMatching(/^laurel_click_friends=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect(await clicksOf('ada')).toBe(before + 1);

    const person = await newPerson();
    const edge = await bind(person, {}, { cookie: visitor.cookie });
    expect(edge).toMatchObject({ status: 201, json: { attributedBy: 'click', state: 'pending', program: 'friends' } });
    expect(await referrerOf(person)).toBe('ada');
    const [stored] = await sql<{ id: string }>(
      laurel,
      'select click_id::text as id from $schema.referral where id = $1',
      [edge.json.id],
    );
    expect(stored?.id).toBe(answer.location?.searchParams.get('rid'));
  });

  it('take the cookie from the host’s backend as well, and the click id from the address', async () => {
    const visitor = browser(laurel);
    const { location } = await visitor.follow(ada);
    const [one, two] = [await newPerson(), await newPerson()];
    expect((await bind(one, { cookie: `session=x; ${visitor.cookie}; theme=dark` })).status).toBe(201);
    expect((await bind(two, { clickId: location?.searchParams.get('rid') })).status).toBe(201);
    expect([await referrerOf(one), await referrerOf(two)]).toEqual(['ada', 'ada']);
  });

  it('credit the last touch, or the first, as the programme says', async () => {
    const [adaEarly, beaEarly] = [await codeOf('ada', 'early'), await codeOf('bea', 'early')];
    const visitor = browser(laurel);
    for (const code of [ada, adaEarly, bea, beaEarly]) await visitor.follow(code);
    const person = await newPerson();
    await bind(person, {}, { cookie: visitor.cookie });
    await bind(person, { program: 'early' }, { cookie: visitor.cookie });
    expect([...visitor.jar.keys()].sort()).toEqual(['laurel_click_early', 'laurel_click_friends']);
    expect(await referrerOf(person)).toBe('bea');
    expect(await referrerOf(person, 'early')).toBe('ada');
  });

  it('know codes in any case', async () => {
    const person = await newPerson();
    // As it was typed: what it was made as, only whoever knows it can tell.
    const typed = (await browser(laurel).follow(ada.toUpperCase())).location?.searchParams;
    expect(typed?.get('ref')).toBe(ada.toUpperCase());
    expect((await bind(await newPerson(), { clickId: typed?.get('rid') })).status).toBe(201);
    expect((await bind(person, { referralCode: ada.toUpperCase() })).json.attributedBy).toBe('code');
    expect(await referrerOf(person)).toBe('ada');
  });

  it('answer the same edge again, and refuse a second referrer', async () => {
    const person = await newPerson();
    const first = await bind(person, { referralCode: ada });
    expect((await bind(person, { referralCode: ada })).json).toEqual(first.json);
    expect(await bind(person, { referralCode: bea })).toMatchObject({
      status: 409,
      json: { code: 'already_referred' },
    });
    expect(await referrerOf(person)).toBe('ada');
  });

  it('bind once for 8 calls at once, and give one point', async () => {
    const points = async () => (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).points;
    const before = await points();
    const person = await newPerson();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        bind(person, { referralCode: ada }, index % 2 ? { 'idempotency-key': `b${index}` } : {}),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await points()).toBe(before + 1);
    expect(await laurel.recount()).toEqual([]);
    const rivals = await newPerson();
    const codes = Array.from({ length: 8 }, (_, index) => (index % 2 ? ada : bea));
    const statuses = (await Promise.all(codes.map((referralCode) => bind(rivals, { referralCode })))).map(
      ({ status }) => status,
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(4);
    expect(statuses.filter((status) => status === 409)).toHaveLength(4);
  });

  it('let a participant token bind its own participant and nobody else', async () => {
    const [me, other] = [await newPerson(), await newPerson()];
    const { token } = await laurel.api.participants.createToken({ participant: me });
    const ask2 = (body: object) =>
      ask(laurel, 'POST', '/referrals', {
        credential: token,
        body: { program: 'friends', referralCode: ada, ...body },
      });
    expect(await ask2({ participant: other })).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    expect(await ask2({ participant: 'nobody' })).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    expect((await ask2({})).status).toBe(201);
    expect([await referrerOf(me), await referrerOf(other)]).toEqual(['ada', null]);
  });

  it('refuse a click or code of another programme', async () => {
    const early = await codeOf('ada', 'early');
    const { clickId } = await laurel.api.clicks.record({ referralCode: early });
    const person = await newPerson();
    expect((await bind(person, { clickId })).json.code).toBe('click_not_found');
    expect((await bind(person, { referralCode: early })).json.code).toBe('code_not_found');
    const visitor = browser(laurel);
    await visitor.follow(early);
    const moved = visitor.cookie.replace('laurel_click_early', 'laurel_click_friends');
    expect((await bind(person, {}, { cookie: moved })).json.code).toBe('attribution_missing');
  });

  it('ignore a cookie that was tampered with', async () => {
    const [mine, rivals] = [browser(laurel), browser(laurel)];
    await mine.follow(ada);
    await rivals.follow(bea);
    const [sealed = '', other = ''] = [mine, rivals].map(({ cookie }) => cookie.split('=')[1]);
    const person = await newPerson();
    for (const value of [
      sealed.slice(0, 30) + other.slice(30),
      sealed.slice(1),
      `${sealed}A`,
      `${sealed}.`,
      sealed.toUpperCase(),
      '',
      'x.y.z',
    ]) {
      const answer = await bind(person, {}, { cookie: `laurel_click_friends=${value}` });
      expect(answer.json.code).toBe('attribution_missing');
    }
    expect(await referrerOf(person)).toBeNull();
  });

  it('end with the click’s window, to the millisecond, and with the programme', async () => {
    const at = new Date('2030-01-01T00:00:00Z');
    laurel.travelTo(at);
    const { clickId, expiresAt } = await laurel.api.clicks.record({ referralCode: ada });
    expect(expiresAt).toBe(new Date(at.getTime() + 30 * 86_400_000).toISOString());
    const person = await newPerson();
    laurel.travelTo(new Date(expiresAt));
    expect((await bind(person, { clickId })).json.code).toBe('attribution_window_expired');
    laurel.travelTo(new Date(Date.parse(expiresAt) - 1));
    await laurel.api.programs.update({ program: 'friends', archived: true });
    expect((await bind(person, { clickId })).json.code).toBe('program_archived');
    expect((await browser(laurel).follow(ada)).status).toBe(302);
    await laurel.api.programs.update({ program: 'friends', archived: false });
    expect((await bind(person, { clickId })).status).toBe(201);
    laurel.travelTo(null);
  });
});
