import { expect, it } from 'vitest';
import { createSelectStep } from '../src/winners/select.ts';
import { draw, keep } from './drawn.ts';
import { createMailbox } from './mailbox.ts';
import { databaseUrl, eventually, sql, storageName, testLaurel, whileLocked } from './support.ts';
import { openTestStorage } from './test-storage.ts';
import { claimForm, drawnAt, type Person, winnersStage } from './winners-stage.ts';

const places = 12;
const rounds = 4;

it(`two nodes, with winners leaving all the time: nobody wins twice, no place is held twice, the order holds (${storageName})`, async () => {
  const one = await testLaurel();
  const other = await testLaurel({ schema: one.schema });
  const stage = await winnersStage(one);
  const people = await stage.people(places * 3);
  const { id, slug } = await stage.begin({ claim: claimForm, prizes: [{ name: 'Cup', winners: places }] });
  for (const laurel of [one, other]) laurel.travelTo(drawnAt);
  await draw(
    one,
    id,
    people.map((person) => ({ participant: person.id })),
  );
  const active = async () =>
    (await one.api.draws.winners({ contest: slug, limit: 100 })).items.filter(({ state }) => state === 'selected');
  const full = () =>
    eventually(
      async () => (await active()).length,
      (count) => count === places,
    );
  for (let round = 0; round < rounds; round++) {
    expect(await full()).toBe(places);
    const [first, second, third] = (await active()).toSorted(() => Math.random() - 0.5);
    const laurels = [one, other, one, other];
    await Promise.all([
      ...laurels.map((laurel) => laurel.api.draws.lapse({ winner: first?.id ?? '', reason: 'no answer' })),
      ...laurels.map((laurel) => laurel.api.draws.lapse({ winner: second?.id ?? '', reason: 'no answer' })),
      ...laurels.map((laurel) =>
        laurel.api.draws
          .disqualify({ contest: slug, participant: third?.participant ?? '', reason: 'bots' })
          .catch(({ code }: { code: string }) => expect(code).toBe('already_disqualified')),
      ),
      ...laurels.map((laurel) => keep(laurel)),
    ]);
  }
  expect(await full()).toBe(places);
  const rows = await sql<{ number: number; place: number; participant_id: string; state: string }>(
    one,
    'select number, place, participant_id, state from $schema.contest_winner where contest_id = $1 order by number',
    [id],
  );
  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
  // Nobody was disqualified before their turn, so the selections are the beginning of the order itself.
  expect(rows.map(({ participant_id }) => participant_id)).toEqual(
    (people as Person[]).slice(0, places + rounds * 3).map((person) => person.id),
  );
  const held = rows.filter(({ state }) => state === 'selected').map(({ place }) => place);
  expect(held.toSorted((a, b) => a - b)).toEqual(Array.from({ length: places }, (_, index) => index + 1));
  const events = async (name: string) => (await stage.eventsOf(id, name)).map(({ winner }) => winner);
  expect(await events('winner.selected')).toHaveLength(rows.length);
  expect(await events('winner.lapsed')).toHaveLength(rounds * 2);
  expect(await stage.eventsOf(id, 'contest.disqualified')).toHaveLength(rounds);
  expect((await one.api.draws.disqualifications({ contest: slug })).items).toHaveLength(rounds);
}, 60_000);

it(`two nodes write to each winner once, and a claim at the last instant is either in time or the next one’s prize (${storageName})`, async () => {
  const mailbox = createMailbox();
  const one = await testLaurel({ mail: mailbox.mail });
  const other = await testLaurel({ schema: one.schema, mail: mailbox.mail });
  const stage = await winnersStage(one);
  const people = await stage.people(places * 2);
  for (const person of people) await stage.giveAddress(person, `${person.externalId}@own.example`);
  const { id, slug } = await stage.begin({ claim: claimForm, prizes: [{ name: 'Cup', winners: places }] });
  for (const laurel of [one, other]) laurel.travelTo(drawnAt);
  await draw(
    one,
    id,
    people.map((person) => ({ participant: person.id })),
  );
  const sent = () => mailbox.messages.length;
  expect(await eventually(sent, (count) => count >= places)).toBe(places);
  await Promise.all([one, other, one, other].map(keep));
  await stage.seenOnce(slug, places);
  expect(new Set(mailbox.messages.map(({ messageId }) => messageId)).size).toBe(places);
  expect(mailbox.messages).toHaveLength(places);

  // One node's clock has passed the deadline, the other's has not: claims and lapses meet.
  const claims = people.slice(0, places).map((person) => stage.claim(slug, person));
  other.travelTo(new Date(drawnAt.getTime() + (claimForm.days + 1) * 86_400_000));
  const answers = await Promise.all([...claims, keep(one), keep(other)]);
  const inTime = answers.slice(0, places).filter((each) => 'status' in each && each.status === 200).length;
  const states = async () =>
    (
      await sql<{ states: Record<string, number> }>(
        one,
        `select jsonb_object_agg(state, count) as states from (
           select state, count(*) from $schema.contest_winner where contest_id = $1 and number <= ${places} group by 1) each`,
        [id],
      )
    )[0]?.states ?? {};
  const settled = await eventually(states, (found) => !found.selected);
  expect((settled.claimed ?? 0) + (settled.lapsed ?? 0)).toBe(places);
  expect(settled.claimed ?? 0).toBe(inTime);
  expect(await stage.eventsOf(id, 'winner.claimed')).toHaveLength(inTime);
}, 60_000);

// One process has embedded storage to itself, and one transaction at a time.
it.runIf(databaseUrl)(
  `a place that lapses while its contest is about to be closed goes to the next in order (${storageName})`,
  async () => {
    const laurel = await testLaurel({ background: false });
    const stage = await winnersStage(laurel);
    const people = await stage.people(3);
    const { id, slug } = await stage.begin({ claim: claimForm, prizes: [{ name: 'Cup', winners: 2 }] });
    await draw(
      laurel,
      id,
      people.map((person) => ({ participant: person.id })),
    );
    const storage = await openTestStorage();
    const services = { storage, schema: laurel.schema, channel: `laurel_${laurel.schema}`, clock: () => drawnAt };
    const select = createSelectStep({ ...services, mail: undefined, onFailure: () => {} });
    await select();
    const [first, second] = (await laurel.api.draws.winners({ contest: slug })).items;
    await sql(laurel, `update $schema.contest_winner set state = 'claimed', claimed_at = now() where id = $1`, [
      first?.id,
    ]);
    let selected: Promise<void> = Promise.resolve();
    // Closing writes a step: there it stops, when it has counted the places.
    await whileLocked(laurel, 'contest_step', async (reached) => {
      selected = select();
      await reached();
      await laurel.api.draws.lapse({ winner: second?.id ?? '', reason: 'no answer' });
    });
    await selected;
    await select();
    await storage.close();
    expect(await stage.seen(slug)).toEqual([
      `1 claimed ${people[0]?.externalId}`,
      `2 lapsed ${people[1]?.externalId}`,
      `2 selected ${people[2]?.externalId}`,
    ]);
    expect(await stage.stateOf(slug)).toBe('drawn');
  },
);
