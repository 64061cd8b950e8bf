import { isDeepStrictEqual } from 'node:util';
import { contract, type Operation, type ProblemCode, problems } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { writeCursor } from '../src/http/cursor.ts';
import { problemsOf } from '../src/http/openapi.ts';
import type { TestLaurel } from '../src/testing.ts';
import { askToJoin, consentText, createMailbox, openJoining } from './mailbox.ts';
import { type DocumentedOperation, type GeneratedRequest, requestsFor } from './requests.ts';
import { reviewed } from './reviewed.ts';
import { nowhere, webhook } from './samples.ts';
import { rewardWorld } from './samples-rewards.ts';
import { stripeApi, stripeKey } from './stripe-api.ts';
import { webhookSecret } from './stripe-events.ts';
import { ask, refer, seed, seedWebhooks, sql, storageName, testLaurel } from './support.ts';
import type { World } from './values.ts';
import { contestWorlds, joined, reopen } from './world-contests.ts';
import { courseWorlds, rewrite } from './world-courses.ts';
import { enrolmentWorlds, reopenEnrolments } from './world-enrolments.ts';
import { insightWorlds } from './world-insight.ts';
import { progressWorlds } from './world-progress.ts';

const seedNumber = Number(process.env.LAUREL_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.LAUREL_FUZZ_RUNS ?? 2000);

const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().check(z.minLength(1)),
  requestId: z.uuid(),
  errors: z.optional(z.array(z.strictObject({ pointer: z.string().check(z.regex(/^#/)), detail: z.string() }))),
});

const callers = [
  'secret',
  'secret',
  'secret',
  'secret',
  'publishable',
  'publishable',
  'participant',
  'participant',
  'none',
  'bad',
];

/** Integers that JSON can write and no int4 holds, in cursors of every shape. */
const hugeCursors = [
  ...[[9e15], [9e15, 1], [9e15, 9e15], [-9e15, -9e15], [1, 9e15], [9e15, 9e15, 9e15], [-9e15, 1, -9e15]],
  ...[
    [9e15, webhook.endpoint],
    [9e15, 9e15, webhook.endpoint],
  ],
].map(writeCursor);

interface Target {
  method: string;
  path: string;
  documented: DocumentedOperation;
}

const operationOf = ({ operationId }: DocumentedOperation) => {
  const [resource = '', name = ''] = operationId.split('.');
  return (contract as unknown as Record<string, Record<string, Operation>>)[resource]?.[name] as Operation;
};

/** What is wrong with an answer to a request, or `null`. */
async function faultOf(response: Response, { documented }: Target): Promise<string | null> {
  const operation = operationOf(documented);
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return response.status === 200 && operation.contentType === 'text/event-stream'
      ? null
      : 'a stream nobody asked for';
  }
  const body = await response.text();
  if (response.status >= 500) return `a ${response.status}: ${body}`;
  if (!(String(response.status) in documented.responses)) return `the undocumented status ${response.status}: ${body}`;
  if (!response.headers.get('x-request-id')) return 'no request id';
  if (response.status < 400) {
    if (!operation.response) return null;
    const json: unknown = JSON.parse(body);
    const parsed = operation.response.safeParse(json);
    if (!parsed.success) return `an answer that breaks its schema: ${z.prettifyError(parsed.error)}`;
    // Parsing drops what the schema does not name, so a difference is a field nobody documented.
    return isDeepStrictEqual(parsed.data, json) ? null : `fields beyond its schema: ${body}`;
  }
  if (type !== 'application/problem+json') return `a failure of type ${type}`;
  const problem = Problem.safeParse(JSON.parse(body));
  if (!problem.success) return `no problem: ${body}`;
  const { code, status } = problem.data;
  if (status !== response.status || problems[code].status !== status)
    return `a code that contradicts its status: ${body}`;
  return problemsOf(operation).includes(code) ? null : `the undocumented problem ${code}`;
}

/** Makes webhook endpoints; answers their ids. */
async function manyWebhooks(laurel: TestLaurel, count: number): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    laurel,
    `insert into $schema.webhook_endpoint (id, url, state, disabled_reason)
     select gen_random_uuid(), '${nowhere}/many/' || n, 'disabled', 'host' from generate_series(1, $1) n returning id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

describe(`the API under fuzz (${storageName}, seed ${seedNumber})`, () => {
  let laurel: TestLaurel;
  let targets: Target[];
  let world: World;
  /** By operation: the values made for it. */
  let own: Record<string, World>;
  const credentials: Record<string, string | undefined> = {};
  let stripe: Awaited<ReturnType<typeof stripeApi>>;
  afterAll(() => stripe.close());

  beforeAll(async () => {
    const mailbox = createMailbox();
    stripe = await stripeApi();
    laurel = await testLaurel({
      mail: mailbox.mail,
      stripe: { webhookSecret, secretKey: stripeKey, apiUrl: stripe.url },
      webhooks: { allow: [nowhere] },
    });
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dan']);
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'secret', name: 'Draft', state: 'draft', period: 'week', hideUntilEnd: true },
      ...{ startsAt: '2030-01-01T00:00:00Z', endsAt: '2031-01-01T00:00:00Z', timeZone: 'America/St_Johns' },
    });
    await laurel.api.participants.upsert({ externalId: 'eve' });
    await refer(laurel.api, 'ada', 'bob');
    await seedWebhooks(laurel);
    await refer(laurel.api, 'ada', 'eve');
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        laurel.api.conversions.create({
          program: 'friends',
          participant: 'bob',
          event: 'buy',
          idempotencyKey: `k${index}`,
        }),
      ),
    );
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    const { clickId } = await laurel.api.clicks.record({ referralCode });
    const { token } = await laurel.api.participants.createToken({ participant: 'ada', expiresIn: 3600 });
    const { review, listing, others } = await reviewed(laurel);
    await openJoining(laurel);
    // Each confirmation is good once; requests that are made again need others.
    const confirmations = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await askToJoin(laurel, `fuzz${index}@own.example`);
        return mailbox.tokenFor(`fuzz${index}@own.example`);
      }),
    );
    const { items: referrals } = await laurel.api.referrals.list({ program: 'friends' });
    const { id: importId } = await laurel.api.transfers.createImport({
      ...{ program: 'friends', source: 'csv', columns: ['externalId'], fingerprint: 'known' },
    });
    const row = { line: 2, values: { externalId: 'ada' } };
    await laurel.api.transfers.addRows({ import: importId, rows: [row] });
    const page = await laurel.api.leaderboards.list({ contest: 'spring', limit: 1 });
    own = {
      ...(await contestWorlds(laurel)),
      ...(await courseWorlds(laurel)),
      ...(await enrolmentWorlds(laurel)),
      ...(await insightWorlds(laurel)),
      ...(await progressWorlds(laurel)),
    };
    const { items: contests } = await laurel.api.contests.list({});
    world = {
      ...(await rewardWorld(laurel)),
      program: ['friends'],
      contest: contests.map(({ slug }) => slug),
      participant: ['ada', 'bob', 'cleo', 'dan'],
      conversion: ids.map(({ id }) => id),
      referralCode: [referralCode, referralCode.toUpperCase()],
      code: [referralCode],
      review: [review],
      reviews: [others],
      listing: [listing],
      value: ['ada', 'ada@own.example', 'own.example', '192.0.2.7', '192.0.2.0/24', '2001:db8::/32'],
      weights: [{}, { same_ip: 5 }],
      referral: referrals.map(({ id }) => id),
      token: confirmations,
      email: ['fuzz@own.example'],
      consent: [true],
      consentText: [consentText],
      joining: ['open'],
      returnTo: ['/back', 'https://shop.example/x'],
      locale: ['en', 'pt-BR'],
      cookieDomain: ['shop.example', null],
      clickId: [clickId],
      landingUrl: ['https://shop.example/a?b=c#d'],
      avatarUrl: ['https://shop.example/a.png', null],
      landingOrigins: [[], ['https://other.example']],
      to: ['/there', 'https://shop.example/x', 'https://evil.example/'],
      topics: ['contest:spring', 'program:friends', 'contest:spring,program:friends', 'contest:secret'],
      // So many that requests to remove them leave some.
      endpoint: [webhook.endpoint, ...(await manyWebhooks(laurel, 200))],
      delivery: [webhook.delivery],
      url: Array.from({ length: 4 }, (_, index) => `${nowhere}/${index}`),
      events: [['*'], ['participant.created', 'referral.created'], ['*', '*']],
      cursor: [page.nextCursor ?? 'WzEsMV0', 'WyJ4Il0', ...hugeCursors],
      import: [importId],
      source: ['csv'],
      columns: [['externalId']],
      map: [{}, { code: '=x' }],
      shape: ['table'],
      rows: [[row]],
      table: ['participants', 'codes'],
      archived: [false],
      state: ['draft', 'scheduled'],
      timeZone: ['UTC', 'Europe/Lisbon', 'america/st_johns', 'EST5EDT'],
      startsAt: ['2029-01-01T00:00:00Z', '2029-06-01T00:00:00.0009+03:00'],
      endsAt: ['2031-01-01T00:00:00Z', '2030-01-01T00:00:00.9999999-03:30'],
    };
    Object.assign(credentials, {
      secret: laurel.secretKey,
      publishable: laurel.publishableKey,
      participant: token,
      none: undefined,
      bad: 'sk_nonsense_nonsense_nonsense',
    });
    const { json } = await ask(laurel, 'GET', '/openapi.json');
    const paths = Object.entries(json.paths as Record<string, Record<string, DocumentedOperation>>);
    targets = paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, documented]) => ({ method: method.toUpperCase(), path, documented })),
    );
  });

  it(`answers ${runs} requests, decent and hostile, as its document says, and never fails`, async () => {
    const requestsFrom = (values: World, { path, documented }: Target) =>
      requestsFor(path, documented, callers, values).map((request) => ({ ...request, id: documented.operationId }));
    const anyRequestOf = (target: Target) => requestsFrom(joined(world, own[target.documented.operationId]), target);
    const succeeded = new Set<string>();
    const statuses = new Set<number>();
    const attempt = async ({ id, ...request }: GeneratedRequest & { id: string }) => {
      const target = targets.find(({ documented }) => documented.operationId === id) as Target;
      const response = await laurel.fetch(toRequest(target.method, request));
      if (response.ok || response.status === 302) succeeded.add(id);
      statuses.add(response.status);
      const fault = await faultOf(response, target);
      if (fault) throw new Error(`${target.method} ${request.target} answered ${fault}`);
    };
    const assert = (
      requests: fc.Arbitrary<GeneratedRequest & { id: string }>,
      numRuns: number,
      isDone = () => false,
    ) => {
      const property = fc.asyncProperty(requests, async (request) => (isDone() ? undefined : attempt(request)));
      return fc.assert(property, {
        numRuns,
        seed: seedNumber,
        endOnFailure: process.env.LAUREL_FUZZ_SEED === undefined,
      });
    };

    await assert(fc.oneof(...targets.map(anyRequestOf)), runs);
    console.info(`fuzz: seed ${seedNumber}, ${runs} requests, statuses ${[...statuses].sort().join(' ')}`);
    for (const status of [400, 401, 403, 404, 409, 413, 415, 422]) expect(statuses).toContain(status);
    // Past the front door of every operation: what no request of those got through is asked for until one does.
    // No signature is guessed, so of what takes signed bytes none does.
    for (const target of targets.filter(({ documented }) => !operationOf(documented).rawBody)) {
      const { operationId } = target.documented;
      const isDone = () => succeeded.has(operationId);
      if (isDone()) continue;
      // What was changed on the way must not keep anybody from it.
      await reopen(laurel, operationId);
      await rewrite(laurel);
      await reopenEnrolments(laurel);
      await sql(laurel, 'update $schema.participation set left_at = null');
      await assert(requestsFrom({ ...world, ...own[operationId] }, target), 500, isDone);
      expect(isDone(), `${operationId} never succeeded`).toBe(true);
    }
  }, 240_000);

  const toRequest = (method: string, { target, credential, headers, body }: GeneratedRequest) => {
    const key = credentials[credential];
    return new Request(`https://shop.example/api${target}`, {
      method,
      headers: { ...headers, ...(key && { authorization: `Bearer ${key}` }) },
      ...(body !== undefined && { body }),
    });
  };
});
