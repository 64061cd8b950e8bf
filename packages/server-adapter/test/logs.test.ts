import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';

describe(`logs (${storageName})`, () => {
  let laurel: TestLaurel;
  let token: string;
  let secrets: string[];
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const person = {
    externalId: 'canary-external@example.com',
    displayName: 'Canary Name',
    metadata: { note: 'canary-note' },
  };

  beforeAll(async () => {
    laurel = await testLaurel({ logger, identify: (request) => request.headers.get('x-canary-user') });
    await seed(laurel.api, ['canary-ada', 'canary-bob']);
    await laurel.api.participants.upsert(person);
    await refer(laurel.api, 'canary-ada', 'canary-bob');
    token = (await laurel.api.participants.createToken({ participant: 'canary-ada' })).token;
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'canary-ada' });
    const ids = await sql<{ id: string }>(laurel, 'select id::text from $schema.participant');
    secrets = [
      'canary',
      'Canary',
      laurel.secretKey,
      laurel.publishableKey,
      token,
      token.split('.')[2] ?? '',
      referralCode,
      ...ids.map(({ id }) => id),
    ];
  });

  const leaks = () => {
    const text = lines.join('');
    return secrets.filter((secret) => text.includes(secret));
  };

  /** Every kind of request that carries something nobody may find in a log. */
  const talk = async () => {
    const secret = { credential: laurel.secretKey };
    const cookie = {
      cookie: `laurel_click_friends=canary-cookie; session=canary-session`,
      'x-canary-user': 'canary-ada',
    };
    const conversion = {
      program: 'friends',
      participant: 'canary-bob',
      event: 'purchase',
      metadata: { note: 'canary-note' },
    };
    const [, , code = ''] = [null, null, secrets[6]];
    const statuses: number[] = [];
    for (const [method, path, options] of [
      ['POST', '/participants', { ...secret, body: person }],
      ['POST', '/participants', { ...secret, body: { ...person, canary: 'canary' } }],
      ['POST', '/participants', { ...secret, body: '{"canary' }],
      ['GET', `/participants/${person.externalId}`, secret],
      ['GET', '/participants/canary-nobody', { credential: token }],
      ['GET', '/programs/friends/me', { headers: cookie }],
      ['POST', '/conversions', { ...secret, body: { ...conversion, idempotencyKey: 'canary-key' } }],
      ['POST', '/conversions', { ...secret, body: { ...conversion, idempotencyKey: 'canary-key', event: 'other' } }],
      [
        'POST',
        '/referrals',
        {
          ...secret,
          body: { program: 'friends', participant: 'canary-ada', referralCode: code },
          headers: { 'idempotency-key': 'canary-key' },
        },
      ],
      ['GET', `/r/${code}?to=/canary&channel=mail`, { headers: cookie }],
      ['GET', '/r/canary-code', {}],
      ['GET', '/contests?cursor=canary', secret],
      ['GET', '/canary/path?canary=1', {}],
      ['GET', '/contests', { credential: 'sk_canary_canary_canary_canary' }],
      ['GET', '/contests', { credential: `${token}x` }],
      ['GET', '/contests', { credential: laurel.publishableKey, headers: { origin: 'https://canary.example' } }],
    ] as const) {
      statuses.push((await ask(laurel, method, path, options)).status);
    }
    return statuses;
  };

  it('tell of every request by route and status, and of nobody', async () => {
    const statuses = await talk();
    const told = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(told.map(({ status }) => status)).toEqual(statuses);
    expect(told[0]).toMatchObject({ method: 'POST', route: '/participants', requestId: expect.any(String) });
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(leaks()).toEqual([]);
  });

  it('keep quiet about people when background work fails', async () => {
    const stop = laurel.on('participant.created', ({ payload }) => {
      throw new Error(`could not greet ${payload.participant.length} letters`);
    });
    await laurel.api.participants.upsert({ externalId: 'canary-new', displayName: 'Canary New' });
    await eventually(
      () => lines.join(''),
      (text) => text.includes('background work failed'),
    );
    stop();
    expect(lines.join('')).toContain('background work failed');
    expect(leaks()).toEqual([]);
  });

  it('keep quiet about people when the database refuses what was written', async () => {
    lines.length = 0;
    await sql(laurel, `alter table $schema.participant add constraint no_notes check (metadata = '{}') not valid`);
    const refused = await ask(laurel, 'POST', '/participants', {
      credential: laurel.secretKey,
      body: { ...person, externalId: 'canary-2' },
    });
    await sql(laurel, 'alter table $schema.participant drop constraint no_notes');
    expect(refused.status).toBe(500);
    expect(lines.join('')).toContain('23514');
    expect(leaks()).toEqual([]);
    // A value that does not fit its column is quoted by PostgreSQL in the very message.
    await sql(laurel, 'alter table $schema.participant alter display_name type integer using null');
    const unfit = await ask(laurel, 'POST', '/participants', { credential: laurel.secretKey, body: person });
    await sql(laurel, 'alter table $schema.participant alter display_name type text');
    expect(unfit.status).toBe(500);
    expect(lines.join('')).toContain('22P02');
    expect(leaks()).toEqual([]);
  });

  it('keep quiet about people when a table is gone, and so does the answer', async () => {
    lines.length = 0;
    await sql(laurel, 'drop table $schema.standing, $schema.referral_code, $schema.idempotency');
    const { length } = (await talk()).filter((status) => status === 500);
    expect(length).toBeGreaterThan(2);
    const failed = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 50);
    expect(failed.length).toBeGreaterThanOrEqual(length);
    for (const { error } of failed) expect(error).toMatchObject({ code: '42P01', message: expect.any(String) });
    expect(leaks()).toEqual([]);
    const answer = await ask(laurel, 'GET', '/contests/spring/leaderboard', { credential: laurel.publishableKey });
    expect(answer).toMatchObject({ status: 500, json: { code: 'internal_error' } });
    expect(answer.text).not.toMatch(/standing|relation|select|42P01|stack/i);
  });
});
