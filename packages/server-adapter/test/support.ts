import type { Api } from '@laurelkit/sdk/contract';
import { afterAll } from 'vitest';
import type { LaurelOptions } from '../src/index.ts';
import { closeTesting, createTestLaurel, type TestLaurel } from '../src/testing.ts';

/** The PostgreSQL to test on; embedded storage without it. The same files run on both. */
export const databaseUrl = process.env.LAUREL_TEST_DATABASE_URL;

/** Which storage this run is on. */
export const storageName = databaseUrl ? 'postgres' : 'pglite';

const open = new Set<TestLaurel>();

afterAll(async () => {
  await Promise.all([...open].map((laurel) => laurel.close()));
  await closeTesting();
});

/** A Laurel on the storage of this run, closed after the file. */
export async function testLaurel(options: LaurelOptions = {}): Promise<TestLaurel> {
  const laurel = await createTestLaurel({ ...(databaseUrl && { database: databaseUrl }), connections: 5, ...options });
  open.add(laurel);
  return laurel;
}

const day = 86_400_000;

/** A programme `friends` with a live contest `spring`, and these participants. */
export async function seed(api: Api, names: readonly string[] = ['ada', 'bob'], contest: Record<string, unknown> = {}) {
  await api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/welcome' });
  await api.contests.create({
    program: 'friends',
    slug: 'spring',
    name: 'Spring',
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day).toISOString(),
    ...contest,
  });
  for (const name of names) await api.participants.upsert({ externalId: name, displayName: name });
}

/** Binds `referee` to `referrer` in `friends`. */
export async function refer(api: Api, referrer: string, referee: string) {
  const { referralCode } = await api.programs.me({ program: 'friends', participant: referrer });
  return api.referrals.create({ program: 'friends', participant: referee, referralCode });
}

/** Asks over `fetch`, as a caller with this credential. */
export async function ask(
  laurel: TestLaurel,
  method: string,
  path: string,
  { credential, body, headers = {} }: { credential?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await laurel.fetch(
    new Request(`https://shop.example/api${path}`, {
      method,
      headers: {
        ...(credential && { authorization: `Bearer ${credential}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, json };
}
