import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { type Answering, hurry, type Received, type Receiver, startReceiver, verifies } from './receiver.ts';
import {
  ask,
  databaseUrl,
  dump,
  eventually,
  inHostTransaction,
  isWaitedFor,
  refer,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

const logger = pino({ level: 'silent' });

describe(`webhooks (${storageName})`, () => {
  let receiver: Receiver;
  let laurel: TestLaurel;
  let turn = 0;

  beforeAll(async () => {
    receiver = await startReceiver();
    laurel = await testLaurel({ logger, webhooks: { allow: [receiver.origin], timeoutSeconds: 1 } });
    await seed(laurel.api, ['ada', 'bob']);
    await refer(laurel.api, 'ada', 'bob');
  });
  afterAll(() => receiver.close());

  // Each test begins without endpoints and with a receiver that is content.
  beforeEach(async () => {
    for (const { id } of (await laurel.api.webhooks.list()).items) await laurel.api.webhooks.delete({ endpoint: id });
    receiver.received.length = 0;
    receiver.answering(() => 204);
  });

  const address = () => `${receiver.origin}/hooks/${++turn}`;
  const arrived = (count: number) =>
    eventually(
      () => [...receiver.received],
      (all) => all.length >= count,
    );
  const join = (externalId: string) => laurel.api.participants.upsert({ externalId });
  const fresh = () => join(`person-${++turn}`);
  const deliveries = async (endpoint: string) => (await laurel.api.webhooks.deliveries({ endpoint })).items;
  const until = (endpoint: string, state: string) =>
    eventually(
      () => deliveries(endpoint),
      (items) => items.length > 0 && items.every((item) => item.state === state),
    );
  /** Hurries until it is so. */
  const hurriedUntil = async (endpoint: string, state: string) =>
    eventually(
      async () => {
        await hurry(laurel);
        return deliveries(endpoint);
      },
      (items) => items.length > 0 && items.every((item) => item.state === state),
    );

  it('bring an event to its endpoint, signed as Standard Webhooks says, and write it down', async () => {
    const url = address();
    const { secret, ...endpoint } = await laurel.api.webhooks.create({ url, events: ['participant.created'] });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({ url, events: ['participant.created'], state: 'enabled', disabledReason: null });
    const { id } = await fresh();
    const [message] = (await arrived(1)) as [Received];
    expect(verifies(secret, message)).toBe(true);
    expect(verifies(secret, { ...message, body: `${message.body} ` })).toBe(false);
    const body = JSON.parse(message.body);
    expect(body).toEqual({ type: 'participant.created', timestamp: expect.any(String), data: { participant: id } });
    expect(message.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Laurel-Webhooks' });
    const [delivery] = await until(endpoint.id, 'delivered');
    expect(delivery).toEqual({
      id: message.id,
      endpoint: endpoint.id,
      event: 'participant.created',
      eventAt: body.timestamp,
      state: 'delivered',
      nextTryAt: null,
      attempts: [{ status: 204, durationMs: expect.any(Number), error: null, response: null, at: expect.any(String) }],
      createdAt: expect.any(String),
    });
    expect(await laurel.api.webhooks.delivery({ delivery: message.id })).toEqual(delivery);
  });

  it('keep secrets sealed, and show them at no other time', async () => {
    const { secret, id } = await laurel.api.webhooks.create({ url: address() });
    const { secret: second } = await laurel.api.webhooks.rotateSecret({ endpoint: id });
    const headers = { 'idempotency-key': 'keep-nothing' };
    const credential = laurel.secretKey;
    const third = await ask(laurel, 'POST', `/webhooks/endpoints/${id}/rotate-secret`, {
      credential,
      headers,
      body: {},
    });
    const everything = JSON.stringify(await dump(laurel));
    const shown = JSON.stringify([await laurel.api.webhooks.get({ endpoint: id }), await laurel.api.webhooks.list()]);
    for (const each of [secret, second, third.json.secret]) {
      expect(each).toMatch(/^whsec_/);
      expect(everything.includes(each.slice(6)) || shown.includes(each.slice(6))).toBe(false);
    }
  });

  it('go only where they are wanted: names, all, and nothing of before', async () => {
    await fresh();
    const named = await laurel.api.webhooks.create({ url: address(), events: ['program.updated'] });
    const all = await laurel.api.webhooks.create({ url: address() });
    await laurel.api.programs.update({ program: 'friends', name: 'Friends' });
    await fresh();
    await arrived(3);
    const types = (url: string) =>
      receiver.received.filter(({ path }) => url.endsWith(path)).map(({ body }) => JSON.parse(body).type);
    expect(types(named.url)).toEqual(['program.updated']);
    expect(types(all.url).sort()).toEqual(['participant.created', 'program.updated']);
    // What is wanted later begins later; what is wanted still goes on.
    await laurel.api.webhooks.update({ endpoint: named.id, events: ['participant.created', 'program.updated'] });
    await fresh();
    await laurel.api.programs.update({ program: 'friends', name: 'Friends' });
    await arrived(7);
    expect(types(named.url).sort()).toEqual(['participant.created', 'program.updated', 'program.updated']);
    expect((await laurel.api.webhooks.get({ endpoint: named.id })).events).toEqual([
      'participant.created',
      'program.updated',
    ]);
  });

  it('leave events to handlers that want them too, and to handlers that come later when no endpoint wants them', async () => {
    const heard: string[] = [];
    await laurel.api.programs.update({ program: 'friends', name: 'Friends' });
    await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    const stop = laurel.on('participant.created', ({ name }) => void heard.push(name));
    await fresh();
    await arrived(1);
    await eventually(
      () => heard.length,
      (count) => count >= 1,
    );
    stop();
    expect(heard.at(-1)).toBe('participant.created');
    const waiting = `select count(*)::int as count from $schema.event where name = 'program.updated' and delivered_at is null`;
    expect(await sql(laurel, waiting)).toEqual([{ count: expect.any(Number) }]);
    expect((await sql<{ count: number }>(laurel, waiting))[0]?.count).toBeGreaterThan(0);
    const late: string[] = [];
    const stopLate = laurel.on('program.updated', ({ name }) => void late.push(name));
    await eventually(
      () => late.length,
      (count) => count > 0,
    );
    stopLate();
    expect(late.length).toBeGreaterThan(0);
  });

  it('come of a host’s own transaction when it commits, and an endpoint made in one works', async () => {
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).webhooks.create({ url: address(), events: ['points.awarded'] });
    });
    await inHostTransaction(async (transaction) => {
      await laurel.api
        .with(transaction)
        .points.award({ contest: 'spring', participant: 'ada', points: 5, idempotencyKey: 'host' });
    });
    const [message] = (await arrived(1)) as [Received];
    expect(JSON.parse(message.body)).toMatchObject({ type: 'points.awarded', data: { points: 5 } });
  });

  it('sign with both secrets after a rotation, and with the new one alone once the old has run out', async () => {
    const { id, secret: old } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    const { secret } = await laurel.api.webhooks.rotateSecret({ endpoint: id, keepHours: 1 });
    await fresh();
    const [both] = (await arrived(1)) as [Received];
    expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect([verifies(old, both), verifies(secret, both)]).toEqual([true, true]);
    await sql(laurel, `update $schema.webhook_secret set expires_at = now() where expires_at < 'infinity'`);
    await fresh();
    const [, alone] = (await arrived(2)) as [Received, Received];
    expect([verifies(old, alone), verifies(secret, alone)]).toEqual([false, true]);
    const { secret: last } = await laurel.api.webhooks.rotateSecret({ endpoint: id, keepHours: 0 });
    await fresh();
    const third = (await arrived(3))[2] as Received;
    expect([verifies(secret, third), verifies(last, third)]).toEqual([false, true]);
  });

  const failures: Record<string, [Answering, object]> = {
    'a redirect': [
      (_, response) => void response.writeHead(302, { location: `${receiver.origin}/elsewhere` }).end(),
      { status: 302, error: 'Answered 302: redirects are not followed.' },
    ],
    'a failure, whose words are kept without control characters and cut': [
      (_, response) => void response.writeHead(500).end(`no\u0000 \u202eidea\u0007 ${'x'.repeat(9000)}`),
      { status: 500, error: 'Answered 500.', response: expect.stringMatching(/^no idea x{492}$/) },
    ],
    silence: [() => undefined, { status: null, error: 'The answer took too long.' }],
    'a connection cut off': [
      (_, response) => void response.destroy(),
      { status: null, error: 'The connection was cut off.' },
    ],
  };

  it.each(Object.keys(failures))('fail on %s, and are tried again after the pause', async (name) => {
    const [answering, expected] = failures[name] as [Answering, object];
    receiver.answering(answering);
    const { id, secret } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    await fresh();
    const [tried] = await eventually(
      () => deliveries(id),
      ([delivery]) => delivery?.attempts.length === 1,
    );
    expect(tried).toMatchObject({ state: 'pending', attempts: [expected] });
    const pause = Date.parse(tried?.nextTryAt ?? '') - Date.parse(tried?.attempts[0]?.at ?? '');
    expect(pause).toBeGreaterThanOrEqual(4_990);
    expect(pause).toBeLessThan(5_600);
    receiver.answering(() => 200);
    await hurriedUntil(id, 'delivered');
    const [first, second] = (await arrived(2)) as [Received, Received];
    expect([second.id, second.body]).toEqual([first.id, first.body]);
    expect(receiver.received.every((message) => verifies(secret, message))).toBe(true);
    expect(receiver.received.some(({ path }) => path === '/elsewhere')).toBe(false);
  });

  it('give up after ten tries, and begin anew when they are replayed', async () => {
    receiver.answering(() => 500);
    const { id } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    await fresh();
    const [failed] = await hurriedUntil(id, 'failed');
    expect(failed?.attempts).toHaveLength(10);
    expect(failed?.nextTryAt).toBeNull();
    receiver.answering(() => 200);
    expect(await laurel.api.webhooks.replay({ delivery: failed?.id ?? '' })).toMatchObject({ state: 'pending' });
    await hurriedUntil(id, 'delivered');
    expect(new Set(receiver.received.map((message) => message.id)).size).toBe(1);
    expect(receiver.received).toHaveLength(11);
  });

  it('end with 410: the endpoint is disabled, the host hears of it, and enabling it goes on from then', async () => {
    const told: unknown[] = [];
    const stop = laurel.on('webhook.disabled', ({ payload }) => void told.push(payload));
    receiver.answering(() => 410);
    const { id } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    await fresh();
    await until(id, 'failed');
    expect(await laurel.api.webhooks.get({ endpoint: id })).toMatchObject({
      state: 'disabled',
      disabledReason: 'gone',
    });
    await eventually(
      () => told.length,
      (count) => count > 0,
    );
    stop();
    expect(told).toEqual([{ endpoint: id, reason: 'gone' }]);
    receiver.answering(() => 200);
    const missed = await fresh();
    await laurel.api.webhooks.update({ endpoint: id, enabled: true });
    const after = await fresh();
    await arrived(2);
    const people = () => receiver.received.map(({ body }) => JSON.parse(body).data.participant);
    expect(people()).not.toContain(missed.id);
    expect(people().at(-1)).toBe(after.id);
    // Everything its filter wants can be sent all the same.
    const since = new Date(Date.parse(missed.createdAt) - 1).toISOString();
    await laurel.api.webhooks.replayAll({ endpoint: id, only: 'all', since });
    await eventually(people, (all) => all.includes(missed.id));
    expect(people()).toContain(missed.id);
  });

  it('are disabled after five days of nothing but failures, and what waits goes out once it is enabled', async () => {
    receiver.answering(() => 500);
    const { id } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    await fresh();
    await eventually(
      () => deliveries(id),
      ([delivery]) => delivery?.attempts.length === 1,
    );
    expect((await laurel.api.webhooks.get({ endpoint: id })).failingSince).not.toBeNull();
    await sql(
      laurel,
      `update $schema.webhook_endpoint set failing_since = now() - interval '121 hours' where id = $1`,
      [id],
    );
    const disabled = await eventually(
      async () => {
        await hurry(laurel);
        return laurel.api.webhooks.get({ endpoint: id });
      },
      ({ state }) => state === 'disabled',
    );
    expect(disabled).toMatchObject({ disabledReason: 'failing' });
    expect((await deliveries(id))[0]).toMatchObject({ state: 'pending', nextTryAt: null });
    receiver.answering(() => 200);
    await laurel.api.webhooks.update({ endpoint: id, enabled: true });
    await hurriedUntil(id, 'delivered');
    expect(await laurel.api.webhooks.get({ endpoint: id })).toMatchObject({ state: 'enabled', failingSince: null });
  });

  it('leave an endpoint alone for as long as its Retry-After asks', async () => {
    receiver.answering((_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end());
    const { id } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    await fresh();
    const [tried] = await eventually(
      () => deliveries(id),
      ([delivery]) => delivery?.attempts.length === 1,
    );
    expect(Date.parse(tried?.nextTryAt ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    const [pause] = await sql<{ seconds: number }>(
      laurel,
      'select extract(epoch from paused_until - now())::float as seconds from $schema.webhook_endpoint where id = $1',
      [id],
    );
    expect(pause?.seconds).toBeGreaterThan(3_500);
    receiver.answering(() => 200);
    await fresh();
    await eventually(
      () => deliveries(id),
      (items) => items.length === 2,
    );
    await laurel.api.participants.get({ participant: 'ada' });
    expect(receiver.received).toHaveLength(1);
    await hurriedUntil(id, 'delivered');
  });

  it('are replayed by the endpoint: what failed since an instant, and everything', async () => {
    receiver.answering(({ body }) => (JSON.parse(body).data.participant ? 410 : 200));
    const { id } = await laurel.api.webhooks.create({ url: address(), events: ['participant.created'] });
    receiver.answering(() => 200);
    for (let index = 0; index < 3; index++) await fresh();
    await arrived(3);
    await until(id, 'delivered');
    await sql(
      laurel,
      `update $schema.webhook_delivery set state = 'failed' where number = (select max(number) from $schema.webhook_delivery)`,
    );
    expect(await laurel.api.webhooks.replayAll({ endpoint: id, since: '2999-01-01T00:00:00Z' })).toMatchObject({
      replayed: 0,
    });
    expect(await laurel.api.webhooks.replayAll({ endpoint: id })).toEqual({ replayed: 1, nextCursor: null });
    await arrived(4);
    await until(id, 'delivered');
    const [first] = (await deliveries(id)).slice(-1);
    const since = new Date(Date.parse(first?.eventAt ?? '')).toISOString();
    const { replayed } = await laurel.api.webhooks.replayAll({ endpoint: id, since, only: 'all' });
    expect(replayed).toBe(3);
    await arrived(7);
    expect(new Set(receiver.received.map((message) => message.id)).size).toBe(3);
  });

  it('are listed newest first, page by page, narrowed to endpoint, state and event', async () => {
    const { id } = await laurel.api.webhooks.create({ url: address() });
    for (let index = 0; index < 4; index++) await fresh();
    await laurel.api.programs.update({ program: 'friends', name: 'Friends' });
    await arrived(5);
    await until(id, 'delivered');
    const first = await laurel.api.webhooks.deliveries({ endpoint: id, limit: 2 });
    const second = await laurel.api.webhooks.deliveries({ endpoint: id, limit: 2, cursor: first.nextCursor ?? '' });
    const third = await laurel.api.webhooks.deliveries({ endpoint: id, limit: 2, cursor: second.nextCursor ?? '' });
    expect(third.nextCursor).toBeNull();
    const all = [...first.items, ...second.items, ...third.items];
    expect(new Set(all.map((item) => item.id)).size).toBe(5);
    expect(all[0]?.event).toBe('program.updated');
    const { items } = await laurel.api.webhooks.deliveries({
      endpoint: id,
      event: 'program.updated',
      state: 'delivered',
    });
    expect(items).toEqual([all[0]]);
    expect((await laurel.api.webhooks.deliveries({ endpoint: id, state: 'failed' })).items).toEqual([]);
  });

  it('can be tried out, whatever the endpoint answers', async () => {
    const { id, secret } = await laurel.api.webhooks.create({ url: address() });
    const good = await laurel.api.webhooks.test({ endpoint: id });
    expect(good).toMatchObject({ delivered: true, status: 204, error: null });
    const [message] = receiver.received as [Received];
    expect(verifies(secret, message)).toBe(true);
    expect(JSON.parse(message.body)).toMatchObject({ type: 'laurel.test', data: { endpoint: id } });
    receiver.answering((_, response) => void response.writeHead(503).end('later'));
    expect(await laurel.api.webhooks.test({ endpoint: id })).toMatchObject({
      ...{ delivered: false, status: 503, error: 'Answered 503.', response: 'later' },
    });
    expect(await deliveries(id)).toEqual([]);
  });

  it('stop at once for an endpoint that was removed or that the host disabled', async () => {
    const url = address();
    const { id } = await laurel.api.webhooks.create({ url });
    await laurel.api.webhooks.update({ endpoint: id, enabled: false });
    expect(await laurel.api.webhooks.get({ endpoint: id })).toMatchObject({
      state: 'disabled',
      disabledReason: 'host',
    });
    await fresh();
    await laurel.api.webhooks.delete({ endpoint: id });
    await expect(laurel.api.webhooks.get({ endpoint: id })).rejects.toMatchObject({
      code: 'webhook_endpoint_not_found',
    });
    // Its address is free again.
    const other = await laurel.api.webhooks.create({ url });
    await fresh();
    await arrived(1);
    await until(other.id, 'delivered');
    expect(receiver.received).toHaveLength(1);
    expect(await deliveries(id)).toEqual([]);
  });

  it('refuse an address twice, and one that is not public or not allowed', async () => {
    const { url } = await laurel.api.webhooks.create({ url: address() });
    await expect(laurel.api.webhooks.create({ url })).rejects.toMatchObject({ code: 'webhook_url_taken' });
    const { id } = await laurel.api.webhooks.create({ url: address() });
    await expect(laurel.api.webhooks.update({ endpoint: id, url })).rejects.toMatchObject({
      code: 'webhook_url_taken',
    });
    for (const bad of [
      'http://hooks.example/',
      'https://127.0.0.1/',
      'https://hooks.example:444/',
      'https://localhost/',
    ]) {
      await expect(laurel.api.webhooks.create({ url: bad }), bad).rejects.toMatchObject({
        code: 'webhook_url_not_allowed',
      });
    }
    const both = await Promise.allSettled([1, 2, 3].map(() => laurel.api.webhooks.create({ url: `${url}/once` })));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('stay disabled, though another change waited for its address meanwhile', async () => {
    const { id } = await laurel.api.webhooks.create({ url: address() });
    const url = address();
    let moved: Promise<unknown> = Promise.resolve();
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).webhooks.create({ url: address() });
      moved = laurel.api.webhooks.update({ endpoint: id, url });
      await isWaitedFor(transaction);
      await laurel.api.webhooks.update({ endpoint: id, enabled: false, description: 'Off for now' });
    });
    await moved;
    const description = 'Off for now';
    expect(await laurel.api.webhooks.get({ endpoint: id })).toMatchObject({ url, state: 'disabled', description });
  });

  it.runIf(databaseUrl)('have one secret without an end after two rotations at once', async () => {
    const { id } = await laurel.api.webhooks.create({ url: address() });
    let rotated: Promise<unknown> = Promise.resolve();
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).webhooks.rotateSecret({ endpoint: id });
      rotated = laurel.api.webhooks.rotateSecret({ endpoint: id });
      await isWaitedFor(transaction);
    });
    await rotated;
    const secrets = await sql(
      laurel,
      `select from $schema.webhook_secret where endpoint_id = $1 and expires_at = 'infinity'`,
      [id],
    );
    expect(secrets).toHaveLength(1);
  });

  it('are counted in the metrics', async () => {
    const { id } = await laurel.api.webhooks.create({ url: address() });
    await fresh();
    await arrived(1);
    await until(id, 'delivered');
    const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
    expect(text).toMatch(/laurel_webhook_deliveries_total\{result="delivered"\} [1-9]/);
    expect(text).toMatch(/laurel_webhook_oldest_due_age_seconds \d/);
  });

  it('are let go of after thirty days', async () => {
    const { id } = await laurel.api.webhooks.create({ url: address() });
    await fresh();
    await fresh();
    await arrived(2);
    await until(id, 'delivered');
    await sql(
      laurel,
      `update $schema.webhook_delivery set due_at = now() - interval '31 days' where number = (select max(number) from $schema.webhook_delivery)`,
    );
    const { pruneWebhooks } = await import('../src/webhooks/prune.ts');
    await pruneWebhooks({ query: (text, values) => sql(laurel, text, [...(values ?? [])]) }, `"${laurel.schema}"`);
    expect(await deliveries(id)).toHaveLength(1);
    const orphans = `select from $schema.webhook_attempt where delivery_id not in (select id from $schema.webhook_delivery)`;
    expect(await sql(laurel, orphans)).toEqual([]);
  });
});
