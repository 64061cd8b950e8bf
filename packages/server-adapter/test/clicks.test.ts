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

  it('are not counted for machines that look where a link leads; they see the page, and the code', async () => {
    const before = await count();
    const agents = ['facebookexternalhit/1.1', 'WhatsApp/2.23.20.0', 'Slackbot-LinkExpanding 1.0', 'Googlebot/2.1'];
    for (const answer of [
      await browser(laurel).follow(code, 'HEAD'),
      ...(await Promise.all(agents.map((agent) => browser(laurel, agent).follow(code)))),
    ]) {
      expect(answer).toMatchObject({ status: 302, text: '', cookies: [] });
      expect(answer.location?.href).toBe(`${shop}/early?a=1&via=${code}`);
    }
    expect(await count()).toBe(before);
    await browser(laurel, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0').follow(code);
    expect(await count()).toBe(before + 1);
  });

  it('carry what others added to the address on to the landing page, and keep it', async () => {
    const added = 'utm_source=mail&utm_source=twice&fbclid=IwAR0&a=2&ref=OTHER&rid=x&q=%C3%A9+%26&email=a%40b.c';
    const { location } = await browser(laurel).follow(`${code}?${added}&channel=mail`);
    const rid = location?.searchParams.get('rid');
    expect(location?.search).toBe(
      `?a=1&utm_source=mail&utm_source=twice&fbclid=IwAR0&q=%C3%A9+%26&email=a%40b.c&via=${code}&rid=${rid}`,
    );
    const [row] = await sql<{ landing_url: string }>(laurel, 'select landing_url from $schema.click where id = $1', [
      rid,
    ]);
    expect(row?.landing_url).toBe(`${shop}/early?a=1&utm_source=mail&utm_source=twice&fbclid=IwAR0&q=%C3%A9+%26`);
    const long = await browser(laurel).follow(`${code}?x=${'y'.repeat(5000)}&z=1`);
    expect(long.location?.href).toMatch(/\?a=1&z=1&via=/);
    expect((await browser(laurel).follow(`${code}?channel=mail&channel=sms&to=/there`)).location?.pathname).toBe(
      '/there',
    );
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
