import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { deriveKey } from '../src/access/secrets.ts';
import { databaseOn, quoteSchema } from '../src/db/database.ts';
import { checkSeals } from '../src/drawing/check-seals.ts';
import { sealUpTo } from '../src/drawing/seal.ts';
import { drawingLaurel, drawn, evidenceOf, keep, raffle, testSecret } from './drawing.ts';
import { eventually, sql, storageName } from './support.ts';
import { openTestStorage } from './test-storage.ts';

/** As `docs/draws.md` says it, and as nothing of ours does it. */
function chained(contest: string, rows: readonly { seq: number; id: string; points: number; occurredAt: string }[]) {
  const be64 = (value: number | bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return bytes;
  };
  const sha256 = (...parts: (string | Uint8Array)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  const first = sha256(`laurel-ledger-1 ${contest}`);
  const step = (before: Buffer, { seq, id, points, occurredAt }: (typeof rows)[number]) =>
    sha256(before, be64(seq), Buffer.of(id.length), id, be64(points), be64(Date.parse(occurredAt)));
  return rows.reduce(step, first).toString('hex');
}

it(`the ledger is sealed while a contest runs, and up to the freeze before chance decides (${storageName})`, async () => {
  const { laurel } = await drawingLaurel();
  // More than ten rows: numbers are not sorted as texts.
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`guest-${index}`, index + 1]));
  await raffle(laurel, { ada: 3, bob: 2, cleo: 2, ...many });
  await laurel.api.points.award({ contest: 'spring', participant: 'ada', points: -1, idempotencyKey: 'back' });
  const look = () => laurel.api.draws.get({ contest: 'spring' });
  const early = await eventually(
    async () => {
      await keep(laurel);
      return look();
    },
    ({ seal }) => seal !== undefined,
  );
  expect(early.seal).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), sealedAt: expect.any(String) });
  expect(early.freeze).toBeNull();

  await drawn(laurel);
  const { id } = await laurel.api.contests.get({ contest: 'spring' });
  const { freeze, seal } = await look();
  const { items } = await laurel.api.leaderboards.photoFinish({ contest: 'spring', limit: 100 });
  const counted = await sql<{ seq: number; points: number; at: Date; participant_id: string }>(
    laurel,
    `select seq::int, points::int, occurred_at as at, participant_id from $schema.ledger order by seq`,
  );
  const board = await laurel.api.leaderboards.list({ contest: 'spring', limit: 100 });
  const names = await sql<{ participant_id: string; entry_id: string }>(
    laurel,
    'select participant_id, entry_id from $schema.contest_entry',
  );
  const idOf = new Map(names.map((each) => [each.participant_id, each.entry_id]));
  expect(board.items.map((each) => each.id).sort()).toEqual([...idOf.values()].sort());
  const rows = counted.map(({ seq, points, at, participant_id }) => ({
    ...{ seq, points, id: idOf.get(participant_id) ?? '', occurredAt: at.toISOString() },
  }));
  expect(items.every(({ seq }) => rows.some((row) => row.seq === seq))).toBe(true);
  expect(freeze?.ledgerHash).toBe(chained(id, rows));
  expect(seal).toMatchObject({ seq: freeze?.seq, hash: freeze?.ledgerHash });
  expect((await evidenceOf(laurel)).freeze).toMatchObject({ seq: 16, ledgerHash: freeze?.ledgerHash });
  // What was sealed before is a link of the same chain.
  expect(early.seal?.hash).toBe(chained(id, rows.slice(0, early.seal?.seq)));
});

it(`a chain is the same in whatever stretches nodes seal it, and tells where it was changed (${storageName})`, async () => {
  const { laurel } = await drawingLaurel({ background: false });
  const people = Array.from({ length: 25 }, (_, index) => [`person-${index}`, index + 1] as const);
  await raffle(laurel, Object.fromEntries(people));
  const { id } = await laurel.api.contests.get({ contest: 'spring' });
  const storage = await openTestStorage();
  onTestFinished(() => storage.close());
  const boardKey = deriveKey(testSecret, 'board-id');
  const sealing = { schema: quoteSchema(laurel.schema), boardKey, clock: () => null };
  const ends = ['9', '3', '10', '2', '25', '25', '11', '1'];
  await Promise.all(ends.map((seq) => sealUpTo(storage, { id, seq }, sealing)));
  const database = databaseOn(storage, laurel.schema);
  const whole = await checkSeals(database, boardKey, id, 100);
  expect(whole).toMatchObject({ seq: 25, seals: 7, broken: null });
  expect((await checkSeals(database, boardKey, id, 9)).seals).toBe(4);
  const refused = sql(laurel, `update $schema.contest_seal set hash = '' where seq = 1`);
  await expect(refused).rejects.toThrow('append-only');

  await sql(laurel, 'alter table $schema.ledger disable trigger ledger_append_only');
  await sql(laurel, 'update $schema.ledger set points = 1000 where seq = 3');
  expect(await checkSeals(database, boardKey, id, 100)).toMatchObject({ seals: 7, broken: 3 });
  await sql(laurel, 'update $schema.ledger set points = 3 where seq = 3');
  expect(await checkSeals(database, boardKey, id, 100)).toEqual(whole);
  await sql(laurel, 'delete from $schema.ledger where seq = 25');
  expect(await checkSeals(database, boardKey, id, 100)).toMatchObject({ broken: 24 });
});
