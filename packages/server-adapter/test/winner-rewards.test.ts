import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { draw, keep } from './drawn.ts';
import { eventually, sql, storageName, testLaurel } from './support.ts';
import { claimForm, drawnAt, type Person, winnersStage } from './winners-stage.ts';

const euros = (minor: number) => ({ kind: 'money', minor, currency: 'EUR' }) as const;
type People = [Person, Person, Person, Person];

describe(`prizes of winners as rewards (${storageName})`, () => {
  let laurel: TestLaurel;
  let stage: Awaited<ReturnType<typeof winnersStage>>;
  /** The contest of the test. */
  let current = '';

  beforeAll(async () => {
    laurel = await testLaurel();
    stage = await winnersStage(laurel);
  });

  /** A drawn contest of two places with a rule that gives 300 and 200; and its people, the best first. */
  const drawn = async (count: number, settings: Record<string, unknown> = {}, ranks: number[] = []) => {
    const people = (await stage.people(count)) as People;
    const contest = await stage.begin({ claim: claimForm, ...settings });
    current = contest.id;
    const value = euros(1);
    const rule = await laurel.api.rewardRules.create({
      ...{ program: 'friends', slug: contest.slug, name: 'Prizes' },
      definition: {
        ...{ to: 'referrer', on: 'contest', value, holdDays: 0 },
        contest: { contest: contest.slug, prizes: [euros(300), euros(200)] },
      },
    });
    laurel.travelTo(drawnAt);
    await draw(
      laurel,
      contest.id,
      people.map(({ id }, index) => ({ participant: id, ...(ranks[index] && { rank: ranks[index] }) })),
    );
    return { people, rule, ...contest };
  };
  const given = async () =>
    (
      await sql<{ name: string; minor: string; state: string; cause: string }>(
        laurel,
        `select external_id as name, minor, state, cause from $schema.reward
         join $schema.participant on participant.id = participant_id
         where cause like 'contest:' || $1 || ':%' order by cause, reward.created_at, reward.id`,
        [current],
      )
    ).map(({ name, minor, state, cause }) => `${cause.split(':').slice(2).join(':')} ${name} ${minor} ${state}`);
  const givenOnce = (lines: readonly string[]) =>
    eventually(given, (found) => found.join() === lines.join()).then((found) => expect(found).toEqual(lines));

  it('come with the claim, to nobody before it, and once', async () => {
    const { slug, people, rule } = await drawn(3);
    const [ada, bob] = people;
    await stage.seenOnce(slug, 2);
    await keep(laurel);
    await stage.claim(slug, bob);
    await givenOnce([`2 ${bob.externalId} 200 approved`]);
    await stage.claim(slug, ada);
    expect(await stage.closed(slug)).toBe('closed');
    await givenOnce([`1 ${ada.externalId} 300 approved`, `2 ${bob.externalId} 200 approved`]);
    const awarded = () =>
      sql(laurel, 'select from $schema.reward_rule where id = $1 and awarded_at is not null', [rule.id]);
    expect(await eventually(awarded, (rows) => rows.length === 1)).toHaveLength(1);
    await keep(laurel);
    await givenOnce([`1 ${ada.externalId} 300 approved`, `2 ${bob.externalId} 200 approved`]);
    expect(await laurel.recount()).toEqual([]);
  });

  it('go to the substitute who claims, and never to who did not claim', async () => {
    const { slug, people } = await drawn(3);
    const [ada, bob, cleo] = people;
    await stage.seenOnce(slug, 2);
    const winner = (await stage.winnerOf(slug, ada))?.id ?? '';
    await laurel.api.draws.lapse({ winner, reason: 'no answer' });
    await stage.seenOnce(slug, 3);
    for (const person of [bob, cleo]) await stage.claim(slug, person);
    await givenOnce([`1 ${cleo.externalId} 300 approved`, `2 ${bob.externalId} 200 approved`]);
  });

  it('are taken back from who is disqualified, and the substitute has them then', async () => {
    const { slug, people } = await drawn(3);
    const [ada, , cleo] = people;
    await stage.seenOnce(slug, 2);
    await stage.claim(slug, ada);
    await givenOnce([`1 ${ada.externalId} 300 approved`]);
    await stage.disqualify(slug, { participant: ada.id, reason: 'bots' });
    await givenOnce([`1 ${ada.externalId} 0 rejected`]);
    await stage.seenOnce(slug, 3);
    await stage.claim(slug, cleo);
    await givenOnce([`1 ${ada.externalId} 0 rejected`, `1 ${cleo.externalId} 300 approved`]);
    expect(await laurel.recount()).toEqual([]);
  });

  it('that are in a payout already stay there, and nobody else gets them', async () => {
    const { slug, people } = await drawn(3);
    const [ada, bob, cleo] = people;
    await stage.seenOnce(slug, 2);
    await stage.claim(slug, ada);
    await givenOnce([`1 ${ada.externalId} 300 approved`]);
    await laurel.api.payouts.createBatch({ program: 'friends', currency: 'EUR' });
    await stage.disqualify(slug, { participant: ada.id, reason: 'bots' });
    await stage.seenOnce(slug, 3);
    for (const person of [cleo, bob]) await stage.claim(slug, person);
    expect(await stage.closed(slug)).toBe('closed');
    await givenOnce([`1 ${ada.externalId} 300 approved`, `2 ${bob.externalId} 200 approved`]);
    await expect(
      sql(
        laurel,
        `insert into $schema.reward (id, program_id, rule_id, rule_version, participant_id, side, cause, kind, currency, state, earned_at)
         select gen_random_uuid(), program_id, rule_id, rule_version, $1, side, cause, kind, currency, 'approved', earned_at
         from $schema.reward where participant_id = $2`,
        [cleo.id, ada.id],
      ),
    ).rejects.toThrow(/reward_place_once/);
  });

  it('are given to each of those who share a place', async () => {
    const { slug, people } = await drawn(3, { tiePolicy: 'shared', claim: null }, [1, 1, 3]);
    const [ada, bob] = people;
    expect(await stage.closed(slug)).toBe('closed');
    await givenOnce([`1 ${ada.externalId} 300 approved`, `1:2 ${bob.externalId} 300 approved`]);
  });
});
