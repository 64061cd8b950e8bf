import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawnOrder, fromHex, verifySignedReceipt } from '@laurelkit/sdk/draws';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import type { TestBeacon } from './beacon.ts';
import { laurel as command, directory } from './command.ts';
import {
  afterEnd,
  drawingLaurel,
  drawn,
  endsAt,
  evidenceOf,
  flawsOf,
  raffle,
  untilCommitted,
  untilStored,
} from './drawing.ts';
import { ask, eventually, sql, storageName } from './support.ts';

const contest = 'spring';
const points = { ada: 5, bob: 1, cleo: 3, dan: 40, eve: 0 };

describe(`a raffle from its promise to its evidence (${storageName})`, () => {
  const sooner = afterEnd(-60).toISOString();
  let laurel: TestLaurel;
  let beacon: TestBeacon;
  beforeAll(async () => {
    ({ laurel, beacon } = await drawingLaurel());
    await raffle(laurel, points, { endsAt: sooner, names: 'pseudonyms' });
  });
  const draw = () => laurel.api.draws.get({ contest });

  it('commits while the contest runs, and again when its end moves', async () => {
    const [first] = await untilCommitted(laurel);
    const terms = JSON.parse(first?.document ?? '');
    expect(terms).toMatchObject({ algorithm: 'vrs-w1', version: 1, kind: 'raffle', endsAt: sooner });
    expect(terms.prizes).toEqual([
      { name: 'Bike', winners: 1 },
      { name: 'Bell', winners: 2 },
    ]);
    await laurel.api.contests.extend({ contest, endsAt: endsAt.toISOString(), note: 'One more minute.' });
    const two = await untilCommitted(laurel, 2);
    expect(JSON.parse(two[1]?.document ?? '')).toMatchObject({ version: 2, endsAt: endsAt.toISOString() });
    // Nothing of the terms changes, so nothing more is promised.
    await laurel.api.contests.update({ contest, description: 'Ride home.' });
    await untilCommitted(laurel, 2);
    expect((await draw()).commitments).toHaveLength(2);
  });

  it('has no receipts and no evidence before the end', async () => {
    await expect(laurel.api.draws.receipt({ contest, participant: 'ada' })).rejects.toMatchObject({
      code: 'not_frozen_yet',
    });
    expect((await ask(laurel, 'GET', '/contests/spring/draw/evidence.json')).json.code).toBe('not_drawn_yet');
    expect((await draw()).freeze).toBeNull();
  });

  it('freezes two seconds after the end, with everybody who has points', async () => {
    laurel.travelTo(afterEnd(1));
    expect((await laurel.api.contests.get({ contest })).state).toBe('frozen');
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    const { freeze, randomness } = await draw();
    expect(freeze).toMatchObject({ frozenAt: afterEnd(3).toISOString(), seq: 4, root: { sum: 49, count: 4 } });
    // The delay begins anew where the freeze came late, so that the entries are always public before.
    expect(Date.parse(freeze?.roundAt ?? '')).toBeGreaterThanOrEqual(afterEnd(33).getTime());
    expect(randomness).toBeNull();
  });

  it('gives receipts that prove each entry, signed with the key that was promised', async () => {
    const { receiptKey, commitments, freeze } = await draw();
    expect(JSON.parse(commitments.at(-1)?.document ?? '').receiptKey).toBe(receiptKey);
    for (const [participant, weight] of Object.entries(points).filter(([, each]) => each > 0)) {
      const receipt = await laurel.api.draws.receipt({ contest, participant });
      expect(receipt).toMatchObject({ weight, root: freeze?.root });
      expect(verifySignedReceipt(receipt, receiptKey)).toBe(true);
      expect(verifySignedReceipt({ ...receipt, weight: weight + 1 }, receiptKey)).toBe(false);
    }
    await expect(laurel.api.draws.receipt({ contest, participant: 'eve' })).rejects.toMatchObject({
      code: 'entry_not_found',
    });
    const { token } = await laurel.api.participants.createToken({ participant: 'ada' });
    const own = await ask(laurel, 'GET', '/contests/spring/draw/receipt', { credential: token });
    expect(own.json.weight).toBe(5);
    const others = await ask(laurel, 'GET', '/contests/spring/draw/receipt?participant=bob', { credential: token });
    expect(others.json.code).toBe('forbidden');
  });

  it('is drawn when the round has appeared, to an order that anybody can recompute', async () => {
    laurel.travelTo(afterEnd(60));
    await untilStored(laurel, 'drawn');
    const evidence = await evidenceOf(laurel);
    expect(flawsOf(evidence, beacon)).toEqual([]);
    expect(evidence.randomness).toMatchObject({ kind: 'drand', round: evidence.freeze.round });
    expect([...evidence.order].sort()).toEqual(evidence.entries.map(([id]) => id));
    const [first, ...rest] = evidence.order;
    expect(flawsOf({ ...evidence, order: [...rest, first] }, beacon)).not.toEqual([]);
  });

  it('is found right by `laurel verify`, with a receipt beside it, and wrong as soon as one byte of it is', async () => {
    const { hash, publicKey, period, genesis, scheme } = beacon.chain;
    const info = { hash, public_key: publicKey, period, genesis_time: genesis, schemeID: scheme };
    const evidence = await evidenceOf(laurel);
    const receipt = await laurel.api.draws.receipt({ contest, participant: 'cleo' });
    const files = Object.entries({
      info,
      evidence,
      receipt,
      forged: { ...evidence, order: evidence.order.toReversed() },
    });
    for (const [name, content] of files) await writeFile(join(directory, `${name}.json`), JSON.stringify(content));
    const verify = (name: string) =>
      command([
        ...['verify', join(directory, `${name}.json`), '--chain', join(directory, 'info.json')],
        ...['--receipt', join(directory, 'receipt.json')],
      ]);
    expect(await verify('evidence')).toMatchObject({ code: 0, text: expect.stringContaining('what was promised') });
    expect(await verify('forged')).toMatchObject({ code: 1, text: expect.stringContaining('✗ order') });
  });

  it('tells each step once', async () => {
    const events = await sql<{ name: string }>(
      laurel,
      `select name from $schema.event where name in ('contest.frozen', 'contest.drawn') order by id`,
    );
    expect(events.map(({ name }) => name)).toEqual(['contest.frozen', 'contest.drawn']);
    const steps = await sql<{ step: string }>(
      laurel,
      `select from_state || ' ' || to_state as step from $schema.contest_step where to_state in ('frozen', 'drawn') order by id`,
    );
    expect(steps.map(({ step }) => step)).toEqual(['live frozen', 'frozen drawn']);
  });

  it('shows nobody’s name, id or address in anything public', async () => {
    const people = await sql<{ id: string }>(laurel, 'select id from $schema.participant');
    const paths = ['/draw', '/draw/evidence.json', '/draw/evidence.html', '/results'];
    for (const path of paths) {
      const { status, text } = await ask(laurel, 'GET', `/contests/spring${path}`);
      expect(status).toBe(200);
      for (const secret of [...people.map(({ id }) => id), ...Object.keys(points)]) {
        expect(text).not.toMatch(new RegExp(`\\b${secret}\\b`));
      }
    }
  });

  it('has a page to print that runs nothing', async () => {
    const { headers, text } = await ask(laurel, 'GET', '/contests/spring/draw/evidence.html');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(text).toContain((await draw()).freeze?.root.hash);
    expect(text).not.toContain('<script');
  });
});

describe(`what is drawn (${storageName})`, () => {
  it('stays as it was after a restart, and no order of insertion changes it (GiveawayBot#251: "not random")', async () => {
    const { laurel } = await drawingLaurel();
    await raffle(laurel, points);
    const evidence = await drawn(laurel);
    const rows = () => sql<{ entry_id: string }>(laurel, 'select entry_id from $schema.contest_order order by ordinal');
    expect((await rows()).map(({ entry_id }) => entry_id)).toEqual(evidence.order);
    const entries = evidence.entries.map(([id, weight, seq]) => ({ id, weight, seq })).reverse();
    const order = drawnOrder({
      ...{ kind: 'raffle', tiePolicy: 'earliest', prizes: [], entries },
      salt: fromHex(evidence.commitments.at(-1)?.hash ?? ''),
      randomness: fromHex(evidence.randomness?.randomness ?? ''),
    });
    expect(order.map(({ id }) => id)).toEqual(evidence.order);
    laurel.travelTo(afterEnd(86_400));
    await untilStored(laurel, 'drawn');
    expect(await evidenceOf(laurel)).toEqual(evidence);
  });

  it('counts bonus entries exactly, up to the most a contest allows (discord-giveaways#221, #258, #332)', async () => {
    const { laurel, beacon } = await drawingLaurel();
    await raffle(laurel, { ada: 1, bob: 7, cleo: 8, dan: 900 }, { mostEntries: 8 });
    const evidence = await drawn(laurel);
    expect(evidence.entries.map(([, weight]) => weight).sort((one, other) => one - other)).toEqual([1, 7, 8, 8]);
    expect(evidence.freeze.root.sum).toBe(24);
    expect(flawsOf(evidence, beacon)).toEqual([]);
  });

  it('is nothing without prizes: the contest stays frozen', async () => {
    const { laurel } = await drawingLaurel();
    await raffle(laurel, points, { prizes: [] });
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'frozen');
    expect((await laurel.api.draws.get({ contest })).freeze).toMatchObject({ root: { count: 4 }, round: null });
    expect((await ask(laurel, 'GET', '/contests/spring/draw/evidence.json')).json.code).toBe('not_drawn_yet');
  });

  it('is the board where nothing is left to chance, right after the freeze, without asking the beacon', async () => {
    const { laurel, relay, beacon } = await drawingLaurel();
    await raffle(laurel, { ada: 2, bob: 9, cleo: 2 }, { kind: 'leaderboard', tiePolicy: 'shared' });
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'drawn');
    const ranks = await sql<{ rank: number; name: string }>(
      laurel,
      `select rank, external_id as name from $schema.contest_order join $schema.contest_entry using (contest_id, entry_id)
       join $schema.participant on participant.id = participant_id order by ordinal`,
    );
    expect(ranks.map(({ rank, name }) => `${rank} ${name}`)).toEqual(['1 bob', '2 ada', '2 cleo']);
    expect(relay.asked).toEqual([]);
    const evidence = await evidenceOf(laurel);
    expect(evidence.randomness).toBeNull();
    expect(flawsOf(evidence, beacon)).toEqual([]);
  });

  it('leaves those of one score to the beacon where the tie policy says so', async () => {
    const { laurel, relay, beacon } = await drawingLaurel();
    await raffle(laurel, { ada: 2, bob: 9, cleo: 2, dan: 2 }, { kind: 'leaderboard', tiePolicy: 'draw' });
    const evidence = await drawn(laurel);
    const { order, entries, randomness } = evidence;
    expect(flawsOf(evidence, beacon)).toEqual([]);
    expect(relay.asked.length).toBeGreaterThan(0);
    expect(randomness?.kind).toBe('drand');
    expect(order[0]).toBe(entries.find(([, weight]) => weight === 9)?.[0]);
    expect(order).toHaveLength(4);
  });

  it('counts from when a milestone was reached to stay, the highest one only', async () => {
    const { laurel, beacon } = await drawingLaurel();
    const milestones = [
      { name: 'Gold', winners: 1, atPoints: 10 },
      { name: 'Silver', winners: 2, atPoints: 5 },
    ];
    await raffle(laurel, { ada: 5, bob: 10, cleo: 10, dan: 4 }, { kind: 'milestone', prizes: milestones });
    const award = (participant: string, each: number) =>
      laurel.api.points.award({ contest, participant, points: each, idempotencyKey: `${participant} ${each}` });
    // Bob falls below ten and reaches it again, after cleo; what ada wins beyond five changes nothing.
    await award('bob', -1);
    await award('ada', 2);
    await award('bob', 1);
    await untilCommitted(laurel);
    laurel.travelTo(afterEnd(3));
    await untilStored(laurel, 'drawn');
    const rows = await sql<{ name: string; seq: string }>(
      laurel,
      `select external_id as name, contest_entry.seq::text from $schema.contest_order
       join $schema.contest_entry using (contest_id, entry_id)
       join $schema.participant on participant.id = participant_id order by ordinal`,
    );
    expect(rows.map(({ name, seq }) => `${name} ${seq}`)).toEqual(['cleo 3', 'bob 7', 'ada 1']);
    expect(flawsOf(await evidenceOf(laurel), beacon)).toEqual([]);
  });
});

describe(`results that the host publishes by hand (${storageName})`, () => {
  it('are seen by nobody else before', async () => {
    const { laurel } = await drawingLaurel();
    await raffle(laurel, points, { publishResults: 'by_hand' });
    await expect(laurel.api.draws.publish({ contest })).rejects.toMatchObject({ code: 'not_drawn_yet' });
    await drawn(laurel).catch(() => {});
    await untilStored(laurel, 'drawn');
    const read = async (path: string, credential?: string) =>
      ask(laurel, 'GET', `/contests/spring${path}`, credential === undefined ? {} : { credential });
    for (const path of ['/draw/evidence.json', '/draw/evidence.html']) {
      expect((await read(path)).json.code).toBe('not_drawn_yet');
      expect((await read(path, laurel.secretKey)).status).toBe(200);
    }
    expect((await read('/results')).json).toMatchObject({ published: false, items: [] });
    expect((await read('/results.html')).text).toContain('not public yet');
    const seen = () => read('/results', laurel.secretKey).then(({ json }) => json.items.length);
    expect(await eventually(seen, (count) => count === 3)).toBe(3);
    await laurel.api.draws.publish({ contest });
    const results = (await read('/results')).json;
    expect(results).toMatchObject({ published: true });
    expect(results.items[0]).toMatchObject({ place: 1, prize: 'Bike', state: 'claimed' });
    expect(results.items[0].name).toMatch(/^(ada|bob|cleo|dan)$/);
    expect((await read('/results.html')).text).toContain(`<bdi>${results.items[0].name}</bdi>`);
    expect((await evidenceOf(laurel)).winners[0]).toMatchObject({ number: 1, place: 1, prize: 'Bike' });
  });
});
