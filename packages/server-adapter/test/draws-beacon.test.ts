import { beforeAll, describe, expect, it } from 'vitest';
import { honest, type RelayAnswer, testBeacon } from './beacon.ts';
import {
  afterEnd,
  drawingLaurel,
  drawn,
  evidenceOf,
  flawsOf,
  keep,
  prizes,
  raffle,
  untilCommitted,
  untilStored,
} from './drawing.ts';
import { ask, eventually, sql, storageName, testLaurel } from './support.ts';

const contest = 'spring';
const points = { ada: 5, bob: 1, cleo: 3 };

const saying =
  (answer: (round: number) => unknown): RelayAnswer =>
  (round, response) => {
    const said = answer(round);
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  };

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`relays that are not to be trusted (${storageName})`, () => {
  it('lie, are down, answer another round or nonsense, and change nothing: the next one is asked', async () => {
    const { laurel, beacon, relays } = await drawingLaurel({ count: 8 });
    const { signatureOf } = beacon;
    const stranger = testBeacon();
    const lies: RelayAnswer[] = [
      (_, response) => response.destroy(),
      (_, response) => response.writeHead(404).end(),
      (round, response) => response.writeHead(307, { location: `/elsewhere/public/${round}` }).end(),
      saying((round) => ({ round: round + 1, signature: signatureOf(round + 1) })),
      saying((round) => ({ round, signature: signatureOf(round - 1), randomness: '11'.repeat(32) })),
      saying((round) => ({ round, signature: stranger.signatureOf(round) })),
      saying((round) => `{"round":${round},"signature":"${'ab'.repeat(10_000)}"}`),
    ];
    for (const [index, lie] of lies.entries()) if (relays[index]) relays[index].answer = lie;
    await raffle(laurel, points);
    const evidence = await drawn(laurel);
    expect(flawsOf(evidence, beacon)).toEqual([]);
    expect(relays.map(({ asked }) => asked)).toEqual(relays.map(() => [evidence.freeze.round]));
    const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
    expect(text).toMatch(/laurel_beacon_answers_total\{result="right"\} 1\n/);
    expect(text).toMatch(/laurel_beacon_answers_total\{result="wrong"\} 3\n/);
    expect(text).toMatch(/laurel_beacon_answers_total\{result="failed"\} 4\n/);
  });

  it('are asked again with pauses, and never before the round has appeared', async () => {
    const { laurel, beacon, relay } = await drawingLaurel();
    relay.answer = (_, response) => response.writeHead(503).end();
    await raffle(laurel, points);
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    for (let times = 0; times < 3; times++) await keep(laurel);
    expect(relay.asked).toEqual([]);
    laurel.travelTo(afterEnd(60));
    const asked = async () => {
      await keep(laurel);
      return relay.asked.length;
    };
    expect(await eventually(asked, (times) => times > 0)).toBe(1);
    for (let times = 0; times < 5; times++) await untilStored(laurel, 'frozen');
    expect(relay.asked.length).toBeLessThan(3);
    relay.answer = honest(beacon);
    await untilStored(laurel, 'drawn');
    expect(flawsOf(await evidenceOf(laurel), beacon)).toEqual([]);
  });

  it('may take their time without holding up anything else', async () => {
    const { laurel, beacon, relay } = await drawingLaurel();
    let release = () => {};
    relay.answer = (round, response, request) => {
      release = () => honest(beacon)(round, response, request);
    };
    await raffle(laurel, points);
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'later', name: 'Later', startsAt: afterEnd(-60).toISOString() },
      endsAt: afterEnd(40).toISOString(),
    });
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    laurel.travelTo(afterEnd(60));
    const later = async () => {
      await keep(laurel);
      return sql(laurel, `select from $schema.contest where slug = 'later' and state = 'frozen'`);
    };
    expect(await eventually(later, (rows) => rows.length > 0 && relay.asked.length > 0)).toHaveLength(1);
    release();
    await untilStored(laurel, 'drawn');
    expect(relay.asked).toHaveLength(1);
  });
});

describe(`public numbers (${storageName})`, () => {
  const named = ['Lotto of 1 May, six numbers', 'Lotto of 8 May, six numbers'];
  const numbers = [
    ['7', '42', '13'],
    ['0003', '9'],
  ];
  const byNumbers = { draw: { source: 'numbers', delaySeconds: 30, numbers: named } };

  it('decide once they are given, in whatever order they are written down, and nobody gives others', async () => {
    const { laurel, beacon, relay } = await drawingLaurel();
    await raffle(laurel, points, byNumbers);
    await expect(laurel.api.draws.setNumbers({ contest, numbers })).rejects.toMatchObject({ code: 'not_frozen_yet' });
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    await expect(laurel.api.draws.setNumbers({ contest, numbers: [['7']] })).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '#/numbers' }],
    });
    const { token } = await laurel.api.participants.createToken({ participant: 'ada' });
    const body = { numbers };
    const own = await ask(laurel, 'POST', '/contests/spring/draw/numbers', { credential: token, body });
    expect(own.json.code).toBe('forbidden');
    expect(await laurel.api.draws.setNumbers({ contest, numbers })).toMatchObject({ numbers, state: 'frozen' });
    await untilStored(laurel, 'drawn');
    await expect(laurel.api.draws.setNumbers({ contest, numbers })).rejects.toMatchObject({
      code: 'draw_state_conflict',
    });
    const evidence = await evidenceOf(laurel);
    expect(flawsOf(evidence, beacon)).toEqual([]);
    expect(evidence.randomness).toEqual({
      ...{ kind: 'numbers', numbers },
      randomness: Buffer.from('7.13.42./3.9./').toString('hex'),
    });
    expect(relay.asked).toEqual([]);
  });

  it('are taken once, whoever gives which at the same time', async () => {
    const { laurel } = await drawingLaurel();
    await raffle(laurel, points, byNumbers);
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    const given = Array.from({ length: 8 }, (_, index) => [[String(index)], ['1']]);
    const answers = await Promise.allSettled(
      given.map((each) => laurel.api.draws.setNumbers({ contest, numbers: each })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await untilStored(laurel, 'drawn');
    const taken = given[answers.findIndex(({ status }) => status === 'fulfilled')];
    expect((await evidenceOf(laurel)).randomness).toMatchObject({ numbers: taken });
  });

  it('stand in for the beacon only where that was promised, and after it was silent for a day', async () => {
    const fallback = { draw: { source: 'drand', delaySeconds: 30, numbers: named } };
    const { laurel, beacon, relay } = await drawingLaurel();
    relay.answer = (_, response) => response.destroy();
    await raffle(laurel, points, fallback);
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    const give = () => laurel.api.draws.setNumbers({ contest, numbers });
    for (const seconds of [3, 3_600, 86_400]) {
      laurel.travelTo(afterEnd(seconds));
      await expect(give()).rejects.toMatchObject({ code: 'draw_state_conflict' });
    }
    laurel.travelTo(afterEnd(86_400 + 60));
    await give();
    await untilStored(laurel, 'drawn');
    const evidence = await evidenceOf(laurel);
    expect(evidence.randomness?.kind).toBe('numbers');
    expect(flawsOf(evidence, beacon)).toEqual([]);
  });

  it('decide nothing where nobody named any, or nothing is left to chance', async () => {
    const { laurel, relay } = await drawingLaurel();
    relay.answer = (_, response) => response.destroy();
    await raffle(laurel, points);
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    laurel.travelTo(afterEnd(200_000));
    await expect(laurel.api.draws.setNumbers({ contest, numbers: [['1']] })).rejects.toMatchObject({
      code: 'draw_state_conflict',
    });
    const other = await drawingLaurel();
    await raffle(other.laurel, { ada: 2, bob: 3 }, { ...byNumbers, kind: 'leaderboard', tiePolicy: 'draw', prizes });
    await untilCommitted(other.laurel);
    other.laurel.travelTo(afterEnd(3));
    await untilStored(other.laurel, 'drawn');
    expect(flawsOf(await evidenceOf(other.laurel), other.beacon)).toEqual([]);
  });
});
