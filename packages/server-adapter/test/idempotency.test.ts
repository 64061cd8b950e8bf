import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { sharedEmbedded } from './embedded.ts';
import { ask, databaseUrl, dump, refer, seed, sql, storageName, testLaurel } from './support.ts';

const program = (slug: string) => ({ slug, name: slug, landingUrl: 'https://shop.example/' });

describe(`Idempotency-Key (${storageName})`, () => {
  let laurel: TestLaurel;
  let token: string;
  let code: string;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false, logger: pino({ level: 'silent' }) });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    code = (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).referralCode;
    token = (await laurel.api.participants.createToken({ participant: 'bob', expiresIn: 3600 })).token;
  });

  const send = (key: string, path: string, body: object, credential = laurel.secretKey) =>
    ask(laurel, 'POST', path, { credential, body, headers: { 'idempotency-key': key } });
  const kept = async (key: string) =>
    (await sql(laurel, 'select scope, status, body from $schema.idempotency where key = $1', [key])).length;
  const programs = async (slug: string) =>
    (await sql(laurel, 'select id from $schema.program where slug = $1', [slug])).length;

  it('gives the same answer again, says that it is a repetition, and has one effect', async () => {
    const first = await send('same', '/programs', program('same'));
    const before = await dump(laurel);
    const again = await send('same', '/programs', program('same'));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await dump(laurel)).toEqual(before);
  });

  it('is of the request’s meaning, not of its spelling', async () => {
    const first = await send('spelling', '/clicks', { referralCode: code, channel: 'mail' });
    const again = await send('spelling', '/clicks', { channel: 'mail', consent: false, referralCode: code });
    expect(again.json).toEqual(first.json);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('refuses another body, another path and another operation under the same key', async () => {
    await send('reused', '/programs', program('reused'));
    const before = await dump(laurel);
    for (const [path, body] of [
      ['/programs', program('other')],
      ['/participants', { externalId: 'other' }],
      ['/participants/ada/token', {}],
    ] as const) {
      expect(await send('reused', path, body)).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
    }
    expect(await dump(laurel)).toEqual(before);
    await send('path', '/participants/ada/token', {});
    expect(await send('path', '/participants/bob/token', {})).toMatchObject({
      json: { code: 'idempotency_key_reused' },
    });
  });

  it('keeps nothing of a failure, so that the mended request may use it', async () => {
    const taken = await send('failed', '/programs', program('friends'));
    expect(taken).toMatchObject({ status: 409, json: { code: 'slug_taken' } });
    expect(await kept('failed')).toBe(0);
    expect((await send('failed', '/programs', { slug: 'x' })).status).toBe(422);
    expect((await send('failed', '/programs', program('mended'))).status).toBe(201);
    expect(await kept('failed')).toBe(1);
  });

  it('commits with the effect: when it cannot be kept, nothing happened', async () => {
    await sql(laurel, 'alter table $schema.idempotency add constraint closed check (false) not valid');
    const before = await dump(laurel);
    expect((await send('together', '/programs', program('together'))).status).toBe(500);
    const bound = await send('together', '/referrals', { program: 'friends', participant: 'cleo', referralCode: code });
    expect(bound.status).toBe(500);
    expect(await dump(laurel)).toEqual(before);
    await sql(laurel, 'alter table $schema.idempotency drop constraint closed');
    expect((await send('together', '/programs', program('together'))).status).toBe(201);
  });

  it('lets one of 50 equal requests through at a time, and one effect come of them', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => send('crowd', '/programs', program('crowd'))));
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer).toMatchObject({ status: 409, json: { code: 'idempotency_in_flight' } });
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    expect(await programs('crowd')).toBe(1);
    expect(await kept('crowd')).toBe(1);
    expect(
      (
        await sql(
          laurel,
          `select from $schema.event where name = 'program.created'
      and payload ->> 'program' = $1`,
          [done[0]?.json.id],
        )
      ).length,
    ).toBe(1);
  });

  it('answers 409 while the same request runs, here or on another node', async () => {
    const name = `laurel:${laurel.schema}:secret:held`;
    if (databaseUrl) {
      // What a request on another node holds while it runs.
      await sql(laurel, 'select pg_advisory_lock(hashtextextended($1, 0))', [name]);
      const waiting = await send('held', '/programs', program('held'));
      await sql(laurel, 'select pg_advisory_unlock_all()');
      expect(waiting).toMatchObject({ status: 409, json: { code: 'idempotency_in_flight' } });
    } else {
      const pglite = await sharedEmbedded();
      let release = () => {};
      const busy = pglite.transaction(() => new Promise<void>((resolve) => (release = resolve)));
      const running = send('held', '/programs', program('held'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await send('held', '/programs', program('held'))).toMatchObject({ status: 409 });
      release();
      await busy;
      expect((await running).status).toBe(201);
    }
    const after = await send('held', '/programs', program('held'));
    expect(after.status).toBe(201);
    expect(await programs('held')).toBe(1);
  });

  it('belongs to its caller: a participant’s keys and the host’s never meet', async () => {
    const body = { program: 'friends', referralCode: code };
    const byHost = await send('mine', '/referrals', { ...body, participant: 'cleo' });
    const byBob = await send('mine', '/referrals', body, token);
    expect([byHost.status, byBob.status]).toEqual([201, 201]);
    expect(byBob.json.id).not.toBe(byHost.json.id);
    const other = (await laurel.api.participants.createToken({ participant: 'cleo' })).token;
    const byCleo = await send('mine', '/referrals', body, other);
    expect(byCleo.headers.get('idempotency-replayed')).toBeNull();
    expect(byCleo.json.id).toBe(byHost.json.id);
    expect(await kept('mine')).toBe(3);
  });

  it('counts for one effect when the same write comes in process', async () => {
    const options = { idempotencyKey: 'in-process' };
    const first = await laurel.api.programs.create(program('in-process'), options);
    expect(await laurel.api.programs.create(program('in-process'), options)).toEqual(first);
    await expect(laurel.api.programs.create(program('another'), options)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('numbers the points of a write it carries once that has committed', async () => {
    const other = await testLaurel({ background: false });
    await seed(other.api, ['ada', 'bob'], { scoring: [{ event: 'referral', points: 3 }] });
    const { referralCode } = await other.api.programs.me({ program: 'friends', participant: 'ada' });
    const answer = await ask(other, 'POST', '/referrals', {
      credential: other.secretKey,
      body: { program: 'friends', participant: 'bob', referralCode },
      headers: { 'idempotency-key': 'points' },
    });
    expect(answer.status).toBe(201);
    expect((await other.api.programs.me({ program: 'friends', participant: 'ada' })).points).toBe(3);
    await expect(refer(other.api, 'ada', 'bob')).resolves.toMatchObject({ id: answer.json.id });
    expect((await other.api.programs.me({ program: 'friends', participant: 'ada' })).points).toBe(3);
  });
});
