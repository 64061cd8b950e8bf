import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { lookedAt, type SignUp, signUp, steadyRandom, stopped } from './crowd.ts';
import { seed, sql, storageName, testLaurel } from './support.ts';

const day = 1440;
const first = [
  'Ana',
  'Ben',
  'Carla',
  'Dev',
  'Elif',
  'Femi',
  'Gita',
  'Hugo',
  'Ines',
  'Jonas',
  'Kofi',
  'Lena',
  'Mika',
  'Noor',
];
const last = [
  'Abe',
  'Berg',
  'Costa',
  'Diaz',
  'Eze',
  'Fischer',
  'Gupta',
  'Horvat',
  'Ito',
  'Jansen',
  'Kaya',
  'Lopes',
  'Moreau',
];
const mail = ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'web.de', 'orange.fr'];

/** People as they are: at home, in offices and classes, with large and small purchases, some in a hurry. */
function organicMix(): SignUp[] {
  const random = steadyRandom();
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const normal = () => Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6);
  let count = 0;
  const somebody = (referrer: string, given: Partial<SignUp> = {}): SignUp => {
    const id = `p${++count}`;
    const name = `${pick(first)} ${pick(last)}`;
    return {
      ...{ referrer, referee: id, name, address: `home-${id}`, device: `browser-${Math.floor(random() * 20)}` },
      email: `${name.toLowerCase().replace(' ', pick(['.', '', '_']))}${count}@${pick(mail)}`,
      minutesAgo: 120 + random() * 88 * day,
      ...(random() < 0.7 && { clickSeconds: 8 + random() * 3600 }),
      ...(random() < 0.6 && { spent: Math.round(3_000 * Math.exp(0.9 * normal())) }),
      ...given,
    };
  };
  const times = (many: number, make: (index: number) => SignUp) =>
    Array.from({ length: many }, (_, index) => make(index));
  const group = (name: string, size: number, minutes: number, given: Partial<SignUp>) => {
    const start = 10 * day + random() * 60 * day;
    return times(size, () =>
      somebody(name, { address: name, device: 'managed', minutesAgo: start + random() * minutes, ...given }),
    );
  };
  const everyone = [
    // Friends of friends.
    ...times(640, (index) => somebody(`friend-${index % 210}`)),
    // Families: one address, half of them one browser too.
    ...times(120, (index) => {
      const home = { address: `family-${index % 40}`, device: random() < 0.5 ? 'tablet' : `phone-${index}` };
      return somebody(`parent-${index % 40}`, home);
    }),
    // Two offices and two classes on machines that are all alike.
    ...group('office-one', 30, 8 * 60, {}).map((each) => ({ ...each, email: `${each.referee}@firm-one.example` })),
    ...group('office-two', 25, 3 * 60, {}).map((each) => ({ ...each, email: `${each.referee}@firm-two.example` })),
    ...group('class-one', 30, 55, {}),
    ...group('class-two', 28, 55, { clickSeconds: 20 }),
    // Somebody with readers.
    ...times(100, () => somebody('blogger', { minutesAgo: 5 * day + random() * 2.5 * day })),
    // Some in a hurry, some who throw their address away.
    ...times(15, (index) => somebody(`quick-${index}`, { clickSeconds: 1 })),
    ...times(12, (index) => somebody(`shy-${index}`, { email: `shy${index}@mailinator.com` })),
  ];
  // Those who invite at home, at work and at school were seen there themselves.
  const hosts = [...new Set(everyone.map(({ referrer }) => referrer))].filter((name) =>
    /^(parent|office|class)/.test(name),
  );
  return [
    ...everyone,
    ...hosts.map((name) =>
      somebody('blogger', {
        ...{
          referee: name,
          address: name.replace('parent', 'family'),
          device: name.startsWith('parent') ? 'tablet' : 'managed',
        },
        ...(name.startsWith('office') && { email: `boss@firm-${name.slice(7)}.example` }),
        minutesAgo: 89 * day + random() * 20 * day,
      }),
    ),
  ].slice(-1_000);
}

/** One who signs up ten thousand times: by a script from one address, from rented machines, and well disguised. */
function farm(): SignUp[] {
  const random = steadyRandom(7);
  return Array.from({ length: 10_000 }, (_, index) => {
    const common = {
      ...{
        referrer: 'farmer',
        referee: `bot-${index}`,
        name: `${first[index % first.length]} ${last[index % last.length]}`,
      },
      minutesAgo: 60 + (index / 10_000) * 20 * day,
    };
    const kind = index % 3;
    if (kind === 0)
      return { ...common, email: `farmer+${index}@gmail.com`, address: 'farm', device: 'script', clickSeconds: 0.2 };
    if (kind === 1) {
      const rented = { address: `rented-${index % 500}`, device: `${index % 7}`, datacentre: true };
      return { ...common, ...rented, email: `x${index}@mailinator.com` };
    }
    const email = `${common.name.toLowerCase().replace(' ', '.')}${index}@${mail[index % mail.length]}`;
    return {
      ...common,
      email,
      address: `proxy-${index}`,
      device: `${random()}`,
      clickSeconds: 30 + random() * 300,
      ...(index % 30 === 2 && { spent: 2_000 }),
    };
  });
}

/** Most rewards of one referrer. */
const cap = 50;

describe(`a farm among people (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, []);
    // A rule counts from when it was made, so it was made before any of them signed up.
    laurel.travelTo(new Date(Date.now() - 200 * day * 60_000));
    await laurel.api.rewardRules.create({
      ...{ program: 'friends', slug: 'euro', name: 'A euro each' },
      definition: {
        ...{ to: 'referrer', on: 'referral', value: { kind: 'money', minor: 100, currency: 'EUR' } },
        caps: { total: cap },
      },
    });
    laurel.travelTo(null);
    await signUp(laurel, organicMix());
    await lookedAt(laurel);
  }, 120_000);

  it('of 1,000 ordinary referrals less than 1 % are held', async () => {
    const found = await stopped(laurel);
    expect(found.all).toBe(1_000);
    expect(found.stopped).toBeLessThan(10);
  });

  it('of 10,000 sign-ups by one referrer at least 95 % land in review, whatever they are disguised as', async () => {
    await signUp(laurel, farm());
    await lookedAt(laurel);
    const found = await stopped(laurel, 'farmer');
    expect(found.all).toBe(10_000);
    expect(found.stopped).toBeGreaterThanOrEqual(9_500);
    const disguised = await sql<{ stopped: number }>(
      laurel,
      `select count(review.id)::float8 / count(*) as stopped from $schema.referral
       join $schema.participant on participant.id = referral.referee_id
       left join $schema.review on review.referral_id = referral.id
       where external_id like 'bot-%' and substr(external_id, 5)::int % 3 = 2`,
    );
    expect(disguised[0]?.stopped).toBeGreaterThanOrEqual(0.95);
  }, 240_000);

  it('leaves those in peace who were there before', async () => {
    const [row] = await sql<{ held: string }>(
      laurel,
      `select count(*) as held from $schema.review join $schema.participant on participant.id = review.referrer_id
       where external_id <> 'farmer'`,
    );
    expect(Number(row?.held)).toBeLessThan(10);
  });

  it('earns its referrer nothing beyond the cap, even where reviewers let hundreds pass', async () => {
    const earned = async () => {
      const [row] = await sql<{ rewards: number; minor: number; approved: number; balance: number }>(
        laurel,
        `select count(*) filter (where minor > 0)::int as rewards, sum(minor)::int as minor,
           coalesce(sum(minor) filter (where reward.state = 'approved'), 0)::int as approved,
           coalesce((select sum(entry.minor) from $schema.reward_entry entry where entry.participant_id = farmer.id), 0)::int as balance
         from $schema.reward join $schema.participant farmer on farmer.id = reward.participant_id
         where farmer.external_id = 'farmer' group by farmer.id`,
      );
      return row;
    };
    const before = await earned();
    expect(before?.rewards).toBeLessThanOrEqual(cap);
    expect(before?.minor).toBeLessThanOrEqual(cap * 100);
    for (let time = 0; time < 3; time++) {
      const { items } = await laurel.api.reviews.list({
        ...{ program: 'friends', referrer: 'farmer', state: 'open', limit: 100 },
      });
      const reviews = items.map(({ id }) => id);
      await laurel.api.reviews.decide({ reviews, decision: 'approved', reason: 'Overlooked.' });
    }
    await lookedAt(laurel);
    const after = await earned();
    expect(after?.minor).toBe(cap * 100);
    expect(after?.balance).toBe(after?.approved);
    expect(after?.balance).toBeLessThanOrEqual(cap * 100);
  }, 120_000);
});
