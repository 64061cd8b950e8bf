import { verifyEvidence } from '@laurelkit/sdk/draws';
import { beforeAll, describe, expect, it } from 'vitest';
import { afterEnd, drawingLaurel, evidenceOf, flawsOf, raffle, stepsOn } from './drawing.ts';
import { plainLaurel, sql, storageName, testLaurel } from './support.ts';

const contest = 'spring';
const points = { ada: 5, bob: 1, cleo: 3 };

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

/** A Laurel that keeps nothing by itself, and nodes that the test has do so. */
async function keptByHand(nodes: number, contestOptions: Record<string, unknown> = {}) {
  const house = await drawingLaurel({ background: false });
  await raffle(house.laurel, points, contestOptions);
  let instant: Date | null = null;
  const steps = await Promise.all(
    Array.from({ length: nodes }, () => stepsOn(house.laurel, house.draws, () => instant)),
  );
  const travel = (to: Date) => {
    instant = to;
    house.laurel.travelTo(to);
  };
  const stateOf = async () => {
    const [row] = await sql<{ state: string }>(house.laurel, `select state from $schema.contest where slug = 'spring'`);
    return row?.state;
  };
  const all = (name: 'commit' | 'freeze' | 'draw') => Promise.all(steps.map((node) => node[name]()));
  return { ...house, travel, stateOf, all, failures: () => steps.flatMap(({ failures }) => failures) };
}

const inIntake = `insert into $schema.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
  select contest.id, participant.id, 50, 'on its way', contest.ends_at - interval '1 second'
  from $schema.contest, $schema.participant where contest.slug = 'spring' and external_id = 'bob'`;

describe(`the freeze (${storageName})`, () => {
  it('waits for points on their way, a minute at most', async () => {
    const { laurel, travel, stateOf, all, failures } = await keptByHand(1);
    await all('commit');
    await sql(laurel, inIntake);
    for (const seconds of [1, 3, 30, 59]) {
      travel(afterEnd(seconds));
      await all('freeze');
      expect(await stateOf()).toBe('scheduled');
    }
    travel(afterEnd(61));
    await all('freeze');
    expect(await stateOf()).toBe('frozen');
    const { freeze } = await laurel.api.draws.get({ contest });
    expect(freeze?.root).toMatchObject({ sum: 9, count: 3 });
    expect(failures()).toEqual([]);
  });

  it('waits for referrals of the programme that are not settled', async () => {
    const { laurel, travel, stateOf, all } = await keptByHand(1);
    await all('commit');
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    await laurel.api.referrals.create({ program: 'friends', participant: 'bob', referralCode });
    expect(await sql(laurel, 'select from $schema.referral_intake')).toHaveLength(1);
    travel(afterEnd(5));
    await all('freeze');
    expect(await stateOf()).toBe('scheduled');
    await sql(laurel, 'delete from $schema.referral_intake');
    await all('freeze');
    expect(await stateOf()).toBe('frozen');
  });

  it('leaves out who was disqualified before, and whoever did not confirm what the rules ask', async () => {
    const eligibility = { countries: ['PT'], minimumAge: null, verifiedEmail: false };
    const { laurel, travel, all } = await keptByHand(1, { eligibility });
    await sql(
      laurel,
      `insert into $schema.contest_entrant (contest_id, participant_id, rules_version, country, age_confirmed, show_name)
       select contest.id, participant.id, 1, case external_id when 'bob' then 'ES' else 'PT' end, true, false
       from $schema.contest, $schema.participant`,
    );
    await sql(
      laurel,
      `insert into $schema.contest_disqualification
         (contest_id, number, participant_id, entry_id, reason, actor, created_at, previous_hash, hash)
       select contest.id, 1, participant.id, 'x', 'a robot', 'system', now(), '', ''
       from $schema.contest, $schema.participant where external_id = 'cleo'`,
    );
    await all('commit');
    travel(afterEnd(3));
    await all('freeze');
    const { freeze } = await laurel.api.draws.get({ contest });
    expect(freeze?.root).toMatchObject({ sum: 5, count: 1 });
  });

  it('and the draw happen once, whichever nodes keep the contest at the same time', async () => {
    const { laurel, beacon, travel, stateOf, all, failures } = await keptByHand(3);
    await Promise.all([all('commit'), all('commit')]);
    expect((await laurel.api.draws.get({ contest })).commitments).toHaveLength(1);
    travel(afterEnd(3));
    await all('freeze');
    expect(await stateOf()).toBe('frozen');
    travel(afterEnd(60));
    await all('draw');
    expect(await stateOf()).toBe('drawn');
    expect(failures()).toEqual([]);
    const counts = await sql(
      laurel,
      `select (select count(*)::int from $schema.contest_entry) as entries,
        (select count(*)::int from $schema.contest_order) as ordered,
        (select count(*)::int from $schema.contest_step where to_state in ('frozen', 'drawn')) as steps,
        (select count(*)::int from $schema.event where name in ('contest.frozen', 'contest.drawn')) as events`,
    );
    expect(counts).toEqual([{ entries: 3, ordered: 3, steps: 2, events: 2 }]);
    expect(flawsOf(await evidenceOf(laurel), beacon)).toEqual([]);
  });

  it('comes to the same evidence on a node that was started later', async () => {
    const { laurel, travel, all } = await keptByHand(1);
    await all('commit');
    travel(afterEnd(3));
    await all('freeze');
    travel(afterEnd(60));
    await all('draw');
    const restarted = await plainLaurel({ schema: laurel.schema, background: false, jobs: false });
    const response = await restarted.fetch(new Request('https://shop.example/api/contests/spring/draw/evidence.json'));
    expect(await response.json()).toEqual(await evidenceOf(laurel));
  });

  it('of a contest that nobody kept in time says so: its evidence does not hold', async () => {
    const { laurel, beacon, travel, stateOf, all } = await keptByHand(1);
    travel(afterEnd(3));
    await all('commit');
    expect((await laurel.api.draws.get({ contest })).commitments).toEqual([]);
    await all('freeze');
    travel(afterEnd(60));
    await all('draw');
    expect(await stateOf()).toBe('drawn');
    const { commitments } = await laurel.api.draws.get({ contest });
    expect(commitments.map(({ committedAt }) => committedAt)).toEqual([afterEnd(3).toISOString()]);
    const { steps } = verifyEvidence(await evidenceOf(laurel), { chains: [beacon.chain] });
    expect(steps.find(({ ok }) => !ok)).toEqual({
      ...{ name: 'commitments', ok: false },
      detail: 'Nothing was committed before the end.',
    });
  });
});
