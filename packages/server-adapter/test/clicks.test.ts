import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { browser } from './browser.ts';
import { ask, seed, sql, storageName, testLaurel } from './support.ts';

const shop = 'https://shop.example';

describe(`clicks (${storageName})`, () => {
  let laurel: TestLaurel;
  let code: string;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob']);
    await laurel.api.programs.update({
      program: 'friends',
      landingUrl: `${shop}/early?a=1`,
      urlParameters: ['via', 'ref'],
      landingOrigins: ['https://blog.example'],
    });
    code = (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).referralCode;
  });

  const count = async () => (await sql(laurel, 'select from $schema.click')).length;
  const record = (body: object) =>
    ask(laurel, 'POST', '/clicks', { credential: laurel.publishableKey, body: { referralCode: code, ...body } });
  const bind = (body: object, headers = {}) =>
    ask(laurel, 'POST', '/referrals', {
      credential: laurel.secretKey,
      body: { program: 'friends', participant: 'bob', ...body },
      headers,
    });

  it('keep the landing page’s own parameters and use the programme’s name for the code', async () => {
    const { location } = await browser(laurel).follow(code);
    expect(location?.href).toMatch(new RegExp(`^${shop}/early\\?a=1&via=${code}&rid=[0-9a-f-]{36}$`));
    const blog = await browser(laurel).follow(`${code}?to=${encodeURIComponent('https://blog.example/post?x=1#top')}`);
    expect([blog.location?.origin, blog.location?.pathname, blog.location?.hash]).toEqual([
      'https://blog.example',
      '/post',
      '#top',
    ]);
  });

  it('put nothing about the referrer but their code into the address', async () => {
    const { id } = await laurel.api.participants.get({ participant: 'ada' });
    const { location, text } = await browser(laurel).follow(code);
    for (const word of ['ada', id]) expect(`${location?.href.replace(code, '')}${text}`).not.toContain(word);
  });

  it('are kept with where they came from, and never changed', async () => {
    const { json } = await record({ channel: 'mail', landingUrl: `${shop}/post`, consent: true });
    const [row] = await sql(laurel, 'select channel, landing_url, consent from $schema.click where id = $1', [
      json.clickId,
    ]);
    expect(row).toEqual({ channel: 'mail', landing_url: `${shop}/post`, consent: true });
    await expect(sql(laurel, 'update $schema.click set consent = false')).rejects.toThrow(/append-only/);
  });

  it('do without a cookie where the visitor did not agree: they travel in the address', async () => {
    const visitor = browser(laurel);
    const { location, cookies } = await visitor.follow(`${code}?consent=0`);
    expect(cookies).toEqual([]);
    expect((await bind({}, { cookie: visitor.cookie })).json.code).toBe('attribution_missing');
    expect((await bind({ clickId: location?.searchParams.get('rid') })).status).toBe(201);
    expect((await record({})).headers.getSetCookie()).toEqual([]);
    expect((await record({ consent: true })).headers.getSetCookie()).toHaveLength(1);
  });

  it('are not counted for a preview that asks with HEAD', async () => {
    const before = await count();
    const answer = await browser(laurel).follow(code, 'HEAD');
    expect(answer).toMatchObject({ status: 302, text: '', cookies: [] });
    expect(answer.location?.href).toBe(`${shop}/early?a=1`);
    expect(await count()).toBe(before);
  });

  it('are counted one by one, and told to the referrer', async () => {
    const clicks = async () => (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).counts.clicks;
    const before = await clicks();
    await Promise.all(Array.from({ length: 10 }, () => browser(laurel).follow(code)));
    expect(await clicks()).toBe(before + 10);
    const events = await sql(laurel, `select from $schema.event where name = 'click.recorded'`);
    expect(events).toHaveLength(await count());
  });
});
