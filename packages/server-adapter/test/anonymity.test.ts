import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { askToJoin, createMailbox, openJoining } from './mailbox.ts';
import { reviewed } from './reviewed.ts';
import { operations, purchase, samplesOf } from './samples.ts';
import { courseFileSamples } from './samples-course-files.ts';
import { courseSamples } from './samples-courses.ts';
import { enrolmentSamples } from './samples-enrolments.ts';
import { insightSamples } from './samples-insight.ts';
import { progressSamples } from './samples-progress.ts';
import { rewardSamples } from './samples-rewards.ts';
import { webhookSecret } from './stripe-events.ts';
import { ask, refer, seed, sql, storageName, testLaurel } from './support.ts';

/** What must never reach anybody but the host: ids, names not chosen, facts, and what they are called inside. */
const hidden = ['externalId', 'metadata', 'conversion', 'reason', 'eventKey'].map((kind) => `canary-${kind}`);
const others = Array.from({ length: 6 }, (_, index) => `canary-externalId-${index}@example.com`);

describe(`anonymity (${storageName})`, () => {
  let laurel: TestLaurel;
  let token: string;
  let canaries: string[];
  let samples: ReturnType<typeof samplesOf>;

  const convert = (participant: string, idempotencyKey: string) =>
    laurel.api.conversions.create({
      ...{ ...purchase, participant, idempotencyKey: `canary-eventKey-${idempotencyKey}` },
      ...{ metadata: { note: 'canary-conversion' }, amount: { minor: 987_654, currency: 'EUR' } },
    });

  beforeAll(async () => {
    const mailbox = createMailbox();
    laurel = await testLaurel({ mail: mailbox.mail, stripe: { webhookSecret } });
    await seed(laurel.api, ['ada', 'bob']);
    await openJoining(laurel);
    const metadata = { mail: 'canary-metadata@example.com' };
    for (const [index, externalId] of others.entries()) {
      // Some chose a public name once and took it back, some never did.
      if (index % 2 === 0)
        await laurel.api.participants.upsert({ externalId, displayName: `canary-name-${index}`, metadata });
      await laurel.api.participants.upsert({ externalId, displayName: null, metadata });
      const referee = `canary-externalId-friend-${index}`;
      await laurel.api.participants.upsert({ externalId: referee, metadata });
      await refer(laurel.api, externalId, referee);
      await convert(referee, `${index}-1`);
      const { id } = await convert(referee, `${index}-2`);
      if (index < 2) await laurel.api.conversions.reverse({ conversion: id, reason: 'canary-reason' });
    }
    await refer(laurel.api, 'ada', 'bob');
    await convert('bob', 'bob');
    const own = await laurel.api.participants.get({ participant: 'ada' });
    const ids = await sql<{ id: string }>(laurel, 'select id::text from $schema.participant where id <> $1', [own.id]);
    const inside = await sql<{ id: string }>(
      laurel,
      'select id::text from $schema.conversion union all select id::text from $schema.referral',
    );
    const codes = await sql<{ id: string }>(
      laurel,
      'select code as id from $schema.referral_code where participant_id <> $1',
      [own.id],
    );
    canaries = [...hidden, 'canary-name', '987654', ...[...ids, ...inside, ...codes].map(({ id }) => id)];
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'bob' });
    await askToJoin(laurel, 'first@own.example');
    const confirmation = await mailbox.tokenFor('first@own.example');
    samples = {
      ...samplesOf(referralCode, 'none', { ...(await reviewed(laurel)), confirmation }),
      ...(await rewardSamples(laurel)),
      ...(await courseSamples(laurel)),
      ...(await enrolmentSamples(laurel)),
      ...(await courseFileSamples(laurel)),
      ...(await progressSamples(laurel)),
      ...(await insightSamples(laurel)),
    };
    token = (await laurel.api.participants.createToken({ participant: 'ada', expiresIn: 3600 })).token;
  });

  /** Canaries in a text. */
  const leaksIn = (text: string) => canaries.filter((canary) => text.toLowerCase().includes(canary.toLowerCase()));

  /** What is about one contest holds by that contest's policy: `anonymity-policies.test.ts` covers all of it. */
  const alsoHere = ['contests.list', 'contests.get', 'leaderboards.list', 'leaderboards.standing'];
  const aboutOneContest = ({ name }: { name: string }) =>
    /^(contests|entries|teams|draws|leaderboards)\./.test(name) && !alsoHere.includes(name);

  const readable = (access: 'publishable' | 'participant') =>
    operations.filter(
      (each) =>
        each.name !== 'live.stream' &&
        !aboutOneContest(each) &&
        (each.operation.access.includes(access) || each.operation.access.includes('public')),
    );

  it('finds canaries where only the host looks, so that it would find them elsewhere', async () => {
    const board = await ask(laurel, 'GET', `/participants/${others[0]}`, { credential: laurel.secretKey });
    expect(leaksIn(board.text)).toEqual(expect.arrayContaining(['canary-externalId', 'canary-metadata']));
  });

  it.each(readable('publishable'))('holds in $name, for everybody', async ({ name, method }) => {
    const { path, body, raw } = samples[name] ?? { path: '/' };
    const sent = raw ? { body: raw.text, headers: raw.headers() } : { ...(body && { body }) };
    const answer = await ask(laurel, method, path, { credential: laurel.publishableKey, ...sent });
    expect(answer.status).toBeLessThan(400);
    expect(leaksIn(`${answer.text}${[...answer.headers].join()}`)).toEqual([]);
  });

  it.each(readable('participant'))(
    'holds in $name, for a participant who looks at others',
    async ({ name, method }) => {
      const { path, body } = samples[name] ?? { path: '/' };
      for (const query of ['', 'limit=1', 'around=50', 'window=period', `participant=${others[1]}`]) {
        const asked = query ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path;
        const answer = await ask(laurel, method, asked, { credential: token, ...(body && { body }) });
        const echoed = new RegExp(`"${others[1]}"`, 'g');
        expect(leaksIn(answer.text.replace(echoed, '')), `${name}?${query}`).toEqual([]);
      }
    },
  );

  it('does not tell a participant whether somebody else exists', async () => {
    const look = async (reference: string) => {
      const { status, json } = await ask(laurel, 'GET', `/participants/${reference}`, { credential: token });
      return { status, ...json, requestId: null, detail: json.detail.replace(reference, '…') };
    };
    expect(await look(others[0] ?? '')).toEqual(await look('nobody-at-all'));
  });

  it('shows the same pseudonym on a board at every visit, and another one on the next board', async () => {
    const { startsAt, endsAt } = await laurel.api.contests.get({ contest: 'spring' });
    await laurel.api.contests.create({ program: 'friends', slug: 'twin', name: 'Twin', startsAt, endsAt });
    for (const index of others.keys()) await convert(`canary-externalId-friend-${index}`, `${index}-3`);
    const board = async (contest: string) =>
      (await ask(laurel, 'GET', `/contests/${contest}/leaderboard`, { credential: laurel.publishableKey })).json
        .items as {
        id: string;
        name: string;
      }[];
    const [first, again, twin] = [await board('spring'), await board('spring'), await board('twin')];
    expect(again).toEqual(first);
    expect(first.filter(({ name }) => /^Guest [2-9B-Z]{4}$/.test(name))).toHaveLength(others.length);
    const ids = new Set(first.map(({ id }) => id));
    expect(twin.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it.each(['a publishable key', 'a participant token'])('holds in the live stream of %s', async (who) => {
    const credential = who === 'a publishable key' ? laurel.publishableKey : token;
    const topics = who === 'a publishable key' ? 'contest:spring' : 'contest:spring,program:friends';
    const response = await laurel.fetch(
      new Request(`https://shop.example/api/live?topics=${topics}`, {
        headers: { authorization: `Bearer ${credential}` },
      }),
    );
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    const readUntil = async (sign: RegExp) => {
      while (!sign.test(text)) text += new TextDecoder().decode((await reader.read()).value);
    };
    await readUntil(/event: leaderboard/);
    await convert('canary-externalId-friend-0', who);
    await readUntil(/"changed":\[".+"\]/);
    await reader.cancel();
    expect(leaksIn(text)).toEqual([]);
  });
});
