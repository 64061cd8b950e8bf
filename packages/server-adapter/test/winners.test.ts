import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { draw, keep } from './drawn.ts';
import { readable, smtpServer } from './smtp.ts';
import { ask, dump, eventually, sql, storageName, testLaurel } from './support.ts';
import { claimForm, drawnAt, type Person, winnersStage } from './winners-stage.ts';

const day = 86_400_000;
const deadline = new Date(drawnAt.getTime() + claimForm.days * day);
type People = [Person, Person, Person, Person];

const inOrder = (people: readonly Person[]) => people.map(({ id }) => ({ participant: id }));

describe(`winners (${storageName})`, () => {
  /** What the mail server says to some addresses. */
  const replies: Record<string, number> = { 'refused@own.example': 550, 'busy@own.example': 450 };
  let smtp: Awaited<ReturnType<typeof smtpServer>>;
  let laurel: TestLaurel;
  let stage: Awaited<ReturnType<typeof winnersStage>>;

  /** A drawn contest and its people, once `winners` of them are selected. */
  const drawn = async (settings: Record<string, unknown>, people: readonly Person[], winners: number) => {
    const contest = await stage.begin({ claim: claimForm, ...settings });
    laurel.travelTo(drawnAt);
    await draw(laurel, contest.id, inOrder(people));
    await stage.seenOnce(contest.slug, winners);
    return contest;
  };
  const letterTo = async (address: string) => {
    const [letter] = await eventually(
      () => smtp.to(address),
      (letters) => letters.length > 0,
    );
    return readable(letter?.raw ?? '');
  };

  beforeAll(async () => {
    smtp = await smtpServer((address) => replies[address] ?? null);
    laurel = await testLaurel({ mail: smtp.mail });
    stage = await winnersStage(laurel);
  });
  afterAll(() => smtp.close());

  it('gives places in order, the first prize’s first, and closes once all is claimed', async () => {
    const [ada, bob, cleo, dan] = (await stage.people(4)) as People;
    const prizes = [{ name: 'Cup' }, { name: 'Mug', winners: 2 }];
    const { id, slug } = await drawn({ prizes }, [cleo, ada, dan, bob], 3);
    expect(await stage.seen(slug)).toEqual([
      `1 selected ${cleo.externalId}`,
      `2 selected ${ada.externalId}`,
      `3 selected ${dan.externalId}`,
    ]);
    expect(await stage.eventsOf(id, 'winner.selected')).toMatchObject([
      { participant: cleo.id, place: 1, prize: 'Cup' },
      { participant: ada.id, place: 2, prize: 'Mug' },
      { participant: dan.id, place: 3, prize: 'Mug' },
    ]);
    for (const person of [cleo, ada, dan]) {
      expect(await stage.stateOf(slug)).toBe('drawn');
      const { status, json } = await stage.claim(slug, person);
      expect([status, json.state, json.claimedAt]).toEqual([200, 'claimed', drawnAt.toISOString()]);
    }
    expect(await stage.closed(slug)).toBe('closed');
    await keep(laurel);
    expect(await stage.eventsOf(id, 'contest.closed')).toHaveLength(1);
    expect(await stage.eventsOf(id, 'winner.claimed')).toHaveLength(3);
    const page = await laurel.api.draws.winners({ contest: slug, limit: 2 });
    const rest = await laurel.api.draws.winners({ contest: slug, limit: 2, cursor: page.nextCursor ?? '' });
    expect([...page.items, ...rest.items].map(({ place }) => place)).toEqual([1, 2, 3]);
    expect(rest.nextCursor).toBeNull();
  });

  it('needs no claim where none is asked for, and closes by publishing where the host reviews results', async () => {
    const [ada] = (await stage.people(1)) as People;
    const { id, slug } = await drawn({ claim: null, publishResults: 'by_hand' }, [ada], 1);
    expect(await stage.seen(slug)).toEqual([`1 claimed ${ada.externalId}`]);
    expect(await stage.stateOf(slug)).toBe('drawn');
    await sql(laurel, 'update $schema.contest_draw set published_at = now() where contest_id = $1', [id]);
    await keep(laurel);
    expect(await stage.closed(slug)).toBe('closed');
    expect((await stage.claim(slug, ada, {})).json.state).toBe('claimed');
  });

  it('writes to winners with a confirmed address, and to nobody else', async () => {
    const [ada, bob] = (await stage.people(2)) as People;
    await stage.giveAddress(ada, 'ada@own.example');
    await stage.giveAddress(bob, 'bob@own.example', false);
    const { slug, name } = await drawn({}, [ada, bob], 2);
    const text = await letterTo('ada@own.example');
    const until = ['June 9, 2026', '1:00', 'Europe/Lisbon'];
    for (const part of [
      `Subject: You have won: ${name}`,
      '“Cup” (place 1)',
      ...until,
      'https://shop.example/welcome',
    ]) {
      expect(text).toContain(part);
    }
    for (const personal of [bob.externalId, ada.id, bob.id]) expect(text).not.toContain(personal);
    const told = await eventually(
      () => stage.winnerOf(slug, ada),
      (winner) => winner?.notifiedAt != null,
    );
    expect(text).toContain(`Message-ID: <${told?.id}@laurel.invalid>`);
    const times = { notifiedAt: drawnAt.toISOString(), claimBy: deadline.toISOString() };
    expect(told).toMatchObject({ ...times, email: 'ada@own.example', displayName: null });
    expect(await stage.winnerOf(slug, bob)).toMatchObject(times);
    await keep(laurel);
    expect(smtp.to('ada@own.example')).toHaveLength(1);
    expect(smtp.to('bob@own.example')).toHaveLength(0);
  });

  it('speaks the language an address was confirmed in', async () => {
    const [eva] = (await stage.people(1)) as People;
    await stage.giveAddress(eva, 'eva@own.example');
    await sql(
      laurel,
      `insert into $schema.join_request
         (id, token_hash, program_id, email, email_key, locale, return_to, consent_text, expires_at, confirmed_at)
       select gen_random_uuid(), 'hash', (select id from $schema.program), email, email_key, 'pt-PT', '', '', now(), now()
       from $schema.participant_contact where participant_id = $1`,
      [eva.id],
    );
    await drawn({}, [eva], 1);
    expect(await letterTo('eva@own.example')).toContain('Parabéns!');
  });

  it('shows the host who could not be reached; their time runs all the same', async () => {
    const [finn] = (await stage.people(1)) as People;
    await stage.giveAddress(finn, 'refused@own.example');
    const { id, slug } = await drawn({}, [finn], 1);
    const attempts = () =>
      sql<{ notify_attempts: number }>(
        laurel,
        'select notify_attempts from $schema.contest_winner where contest_id = $1',
        [id],
      );
    // The server's answer is final, so it is not asked again.
    expect(await eventually(attempts, ([row]) => row?.notify_attempts === 12)).toEqual([{ notify_attempts: 12 }]);
    expect(await stage.winnerOf(slug, finn)).toMatchObject({ notifiedAt: null, claimBy: deadline.toISOString() });
  });

  it('writes again where a server is busy, with a new time to claim and the same Message-ID', async () => {
    const [gus] = (await stage.people(1)) as People;
    await stage.giveAddress(gus, 'busy@own.example');
    const { id, slug } = await drawn({}, [gus], 1);
    // Whoever holds the lease of a try gives it back, with a pause, once the server has answered.
    const paused = () =>
      sql(
        laurel,
        `select notify_attempts from $schema.contest_winner
         where contest_id = $1 and notify_leased_until between now() and now() + interval '1 minute'`,
        [id],
      );
    expect(await eventually(paused, (rows) => rows.length === 1)).toEqual([{ notify_attempts: 1 }]);
    delete replies['busy@own.example'];
    laurel.travelTo(new Date(drawnAt.getTime() + day));
    await sql(laurel, `update $schema.contest_winner set notify_leased_until = '-infinity' where contest_id = $1`, [
      id,
    ]);
    await keep(laurel);
    const text = await letterTo('busy@own.example');
    expect(text).toContain('June 10, 2026');
    const told = await eventually(
      () => stage.winnerOf(slug, gus),
      (winner) => winner?.notifiedAt != null,
    );
    expect(text).toContain(`Message-ID: <${told?.id}@laurel.invalid>`);
    expect(told?.claimBy).toBe(new Date(deadline.getTime() + day).toISOString());
  });

  it('lets the one who won claim, with a whole form, and nobody else', async () => {
    const [ada, bob] = (await stage.people(2)) as People;
    const { id, slug } = await drawn({ prizes: [{ name: 'Cup' }] }, [ada, bob], 1);
    const asBob = async (winner = '') =>
      ask(laurel, 'POST', `/winners/${winner}/claim`, { credential: await stage.tokenOf(bob), body: {} });
    const others = await asBob((await stage.winnerOf(slug, ada))?.id);
    const nobodys = await asBob('0197b1c8-0000-7000-8000-000000000000');
    expect(others).toMatchObject({ status: 404, json: { code: 'winner_not_found' } });
    expect({ ...others.json, requestId: '' }).toEqual({ ...nobodys.json, requestId: '' });
    const faults = async (values: Record<string, string>) => {
      const { status, json } = await stage.claim(slug, ada, values);
      expect([status, json.code]).toEqual([422, 'claim_incomplete']);
      return json.errors;
    };
    expect(await faults({ note: 'x', size: ' ' })).toEqual([{ pointer: '#/values/size', detail: 'is required' }]);
    expect(await faults({ size: 'XXL', fax: '1' })).toEqual([
      { pointer: '#/values/size', detail: 'must be one of "S", "M"' },
      { pointer: '#/values/fax', detail: 'is not asked for' },
    ]);
    expect((await stage.claim(slug, ada, { size: 'S', note: 'canary street 7' })).status).toBe(200);
    expect((await stage.winnerOf(slug, ada))?.claim).toEqual({ size: 'S', note: 'canary street 7' });
    expect(Object.values(await dump(laurel)).join('\n')).not.toContain('canary street');
    expect((await stage.claim(slug, ada, { size: 'M' })).status).toBe(200);
    laurel.travelTo(deadline);
    expect((await stage.claim(slug, ada, { size: 'M' })).status).toBe(200);
    expect((await stage.claim(slug, ada, { size: 'S' })).json.code).toBe('claim_state_conflict');
    expect((await stage.winnerOf(slug, ada))?.claim).toEqual({ size: 'M' });
    expect(await stage.eventsOf(id, 'winner.claimed')).toHaveLength(1);
  });

  it('counts 50 claims at once as one', async () => {
    const [ada] = (await stage.people(1)) as People;
    const { id, slug } = await drawn({}, [ada], 1);
    const claims = await Promise.all(Array.from({ length: 50 }, () => stage.claim(slug, ada)));
    expect(claims.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(await stage.eventsOf(id, 'winner.claimed')).toHaveLength(1);
  });

  it('may be claimed up to the last instant, by the clock', async () => {
    const [ada, bob] = (await stage.people(2)) as People;
    const { slug } = await drawn({}, [ada, bob], 2);
    laurel.travelTo(new Date(deadline.getTime() - 1));
    expect((await stage.claim(slug, ada)).status).toBe(200);
    laurel.travelTo(deadline);
    const late = await stage.claim(slug, bob);
    expect([late.status, late.json.code]).toEqual([409, 'claim_state_conflict']);
  });

  it('gives what nobody claimed in time to the next in order, never to the same again (GiveawayBot#276, #177)', async () => {
    const [ada, bob, cleo] = (await stage.people(3)) as People;
    const { id, slug } = await drawn({ prizes: [{ name: 'Cup' }] }, [ada, bob, cleo], 1);
    laurel.travelTo(deadline);
    await keep(laurel);
    expect(await stage.seenOnce(slug, 2)).toEqual([`1 lapsed ${ada.externalId}`, `1 selected ${bob.externalId}`]);
    const substitute = await stage.winnerOf(slug, bob);
    expect(substitute).toMatchObject({
      replaces: (await stage.winnerOf(slug, ada))?.id,
      claimBy: new Date(deadline.getTime() + claimForm.days * day).toISOString(),
    });
    const lapse = async (person: Person) =>
      stage.secret('POST', `/winners/${(await stage.winnerOf(slug, person))?.id}/lapse`, { reason: 'no answer' });
    expect(await lapse(bob)).toMatchObject({ status: 200, json: { state: 'lapsed', externalId: bob.externalId } });
    expect((await lapse(bob)).status).toBe(200);
    await stage.seenOnce(slug, 3);
    await stage.claim(slug, cleo);
    expect((await lapse(cleo)).json.code).toBe('claim_state_conflict');
    expect((await stage.secret('POST', `/winners/${id}/lapse`, { reason: 'x' })).json.code).toBe('winner_not_found');
    expect(await stage.closed(slug)).toBe('closed');
    expect(await stage.eventsOf(id, 'winner.lapsed')).toHaveLength(2);
  });

  it('closes a contest whose places nobody is left for', async () => {
    const [ada] = (await stage.people(1)) as People;
    const { slug } = await drawn({}, [ada], 1);
    laurel.travelTo(deadline);
    await keep(laurel);
    expect(await stage.closed(slug)).toBe('closed');
    expect(await stage.seen(slug)).toEqual([`1 lapsed ${ada.externalId}`]);
  });

  it('shares the prize among those of one rank: of two that are first, nobody is second', async () => {
    const people = await stage.people(5);
    const prizes = [{ name: 'Cup' }, { name: 'Mug', winners: 2 }];
    const { id, slug } = await stage.begin({ claim: claimForm, tiePolicy: 'shared', prizes });
    laurel.travelTo(drawnAt);
    const ranks = [1, 1, 3, 4, 4];
    await draw(
      laurel,
      id,
      people.map((person, index) => ({
        participant: person.id,
        rank: ranks[index] ?? 0,
        weight: 10 - (ranks[index] ?? 0),
      })),
    );
    const [ada, bob, cleo, dan, eve] = people.map(({ externalId }) => externalId);
    expect(await stage.seenOnce(slug, 3)).toEqual([`1 selected ${ada}`, `1 selected ${bob}`, `3 selected ${cleo}`]);
    await stage.disqualify(slug, { participant: cleo ?? '', reason: 'bots' });
    expect((await stage.seenOnce(slug, 5)).slice(2)).toEqual([
      `3 disqualified ${cleo}`,
      `3 selected ${dan}`,
      `3 selected ${eve}`,
    ]);
  });

  it('gives each who reached milestones the best prize that is left, once', async () => {
    const people = await stage.people(4);
    const prizes = [
      { name: 'Bronze', winners: 2, atPoints: 10 },
      { name: 'Gold', winners: 1, atPoints: 100 },
    ];
    const { id, slug } = await stage.begin({ kind: 'milestone', claim: claimForm, prizes });
    laurel.travelTo(drawnAt);
    const weights = [150, 120, 20, 11];
    await draw(
      laurel,
      id,
      people.map((person, index) => ({ participant: person.id, weight: weights[index] ?? 0 })),
    );
    const [ada, bob, cleo, dan] = people.map(({ externalId }) => externalId) as [string, string, string, string];
    expect(await stage.seenOnce(slug, 3)).toEqual([`1 selected ${bob}`, `2 selected ${cleo}`, `3 selected ${ada}`]);
    for (const participant of [ada, cleo]) await stage.disqualify(slug, { participant, reason: 'bots' });
    const left = await stage.seenOnce(slug, 4);
    expect(left.filter((each) => each.includes('selected'))).toEqual([`1 selected ${bob}`, `2 selected ${dan}`]);
  });
});
