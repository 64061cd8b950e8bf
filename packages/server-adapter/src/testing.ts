import { randomUUID } from 'node:crypto';
import type { PGlite } from '@electric-sql/pglite';
import { createLaurel, type Laurel, type LaurelOptions } from './index.ts';

/** A Laurel for tests, with its keys and a clock that can be moved. */
export interface TestLaurel extends Laurel {
  readonly secretKey: string;
  readonly publishableKey: string;
  /** PostgreSQL schema of this one alone. */
  readonly schema: string;
  /** Moves the instant everything goes by: a `Date`, or `null` for the database's clock. */
  travelTo(instant: Date | null): void;
}

let shared: Promise<PGlite> | undefined;
let closeShared: (() => Promise<void>) | undefined;

/** One embedded database for the whole process, in memory: each test Laurel gets a schema of its own in it. */
function sharedEmbedded(): Promise<PGlite> {
  shared ??= import('@electric-sql/pglite').then(async ({ PGlite }) => {
    const pglite = await PGlite.create('memory://');
    closeShared = () => pglite.close();
    return pglite;
  });
  return shared;
}

/** Ends the embedded database all test Laurels of this process share. Call it once, after the last test. */
export async function closeTesting(): Promise<void> {
  await closeShared?.();
  shared = undefined;
  closeShared = undefined;
}

/**
 * A started Laurel on embedded storage in memory, or on `options.database`, in a fresh schema, without limits or jobs.
 *
 * The first takes a second or two, each further one a fraction of that.
 * @example
 * ```ts
 * const laurel = await createTestLaurel();
 * await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
 * await laurel.close();
 * ```
 */
export async function createTestLaurel(options: LaurelOptions = {}): Promise<TestLaurel> {
  const schema = options.schema ?? `laurel_test_${randomUUID().slice(0, 8)}`;
  const secretKey = `sk_test_${randomUUID()}`;
  const publishableKey = `pk_test_${randomUUID()}`;
  let instant: Date | null = null;
  const laurel = createLaurel({
    secret: 'a secret for tests only: 0123456789abcdef',
    limits: false,
    jobs: false,
    ...options,
    schema,
    database: options.database ?? (await sharedEmbedded()),
    clock: () => instant,
    keys: [{ key: secretKey }, { key: publishableKey, origins: ['https://shop.example'] }, ...(options.keys ?? [])],
  });
  await laurel.start();
  return {
    ...laurel,
    secretKey,
    publishableKey,
    schema,
    travelTo: (next) => {
      instant = next;
    },
  };
}
