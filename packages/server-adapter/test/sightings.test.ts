import { beforeAll, describe, expect, it } from 'vitest';
import { databaseOn } from '../src/db/database.ts';
import type { Storage } from '../src/db/storage.ts';
import { forgetSightings, recordSightings } from '../src/settlement/sightings.ts';
import type { TestLaurel } from '../src/testing.ts';
import { databaseUrl, sql, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const key = Buffer.alloc(32, 7);
const day = 86_400_000;

describe(`what was seen of somebody (${storageName})`, () => {
  let laurel: TestLaurel;
  let storage: Storage;
  let ada: string;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    storage = await openTestStorage();
    ada = (await laurel.api.participants.upsert({ externalId: 'ada' })).id;
    return async () => {
      if (databaseUrl) await storage.close();
    };
  });

  const see = (seen: Parameters<typeof recordSightings>[1], now: Date | null = null) =>
    recordSightings(databaseOn(storage, laurel.schema), seen, {
      key,
      keepDays: 90,
      isDatacentre: (address) => address.startsWith('192.0.2.'),
      now,
    });
  const rows = () =>
    sql<{ kind: string; datacentre: boolean; expires_at: Date; text: string }>(
      laurel,
      `select *, sighting::text as text from $schema.sighting where participant_id = $1 order by kind, value_hash`,
      [ada],
    );

  it('is kept as keyed hashes only, once', async () => {
    for (let times = 0; times < 3; times++) {
      await see([
        { participantId: ada, ip: '192.0.2.9', userAgent: 'Browser/1' },
        { participantId: ada, ip: '::ffff:192.0.2.9', userAgent: 'Browser/1' },
      ]);
    }
    const found = await rows();
    expect(found.map(({ kind, datacentre }) => [kind, datacentre])).toEqual([
      ['device', false],
      ['ip', true],
    ]);
    expect(found.map(({ text }) => text).join()).not.toMatch(/192\.0\.2|Browser/);
  });

  it('is one address for all of an IPv6 /64, however it is given', async () => {
    await see({ participantId: ada, ip: '2001:db8:1:2:aaaa::1' });
    await see({ participantId: ada, ip: '2001:db8:1:2:bbbb::2' });
    await see({ participantId: ada, ip: '2001:db8:1:2::/64' });
    await see({ participantId: ada, ip: '2001:db8:1:2::9%eth0' });
    expect((await rows()).filter(({ kind }) => kind === 'ip')).toHaveLength(2);
  });

  it('is nothing where no address is known', async () => {
    const before = await rows();
    for (const ip of [null, undefined, '', 'unknown', 'in-process']) {
      await see({ participantId: ada, ip, userAgent: 'Browser/2' });
    }
    await see([]);
    expect(await rows()).toEqual(before);
  });

  it('is kept for longer when it is seen again later, and forgotten when its time is over', async () => {
    const before = await rows();
    await see({ participantId: ada, ip: '192.0.2.9' }, new Date(Date.now() + 10 * day));
    const kept = (await rows()).find(({ datacentre }) => datacentre);
    expect(Number(kept?.expires_at)).toBeGreaterThan(Date.now() + 99 * day);
    await sql(laurel, `update $schema.sighting set expires_at = now() where expires_at < now() + interval '95 days'`);
    await forgetSightings(storage, `"${laurel.schema}"`);
    expect(before).toHaveLength(3);
    expect(await rows()).toEqual([kept]);
  });
});
