import type { Winner } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, newcomers, sql } from './support.ts';

/** Somebody by the host's name and by our id. */
export interface Person {
  externalId: string;
  id: string;
}

/** How prizes are claimed in these tests. */
export const claimForm = {
  days: 7,
  fields: [
    { id: 'size', label: 'Size', choices: ['S', 'M'] },
    { id: 'note', label: 'Note', required: false },
  ],
};

/** When the contests of these tests are drawn. */
export const drawnAt = new Date('2026-06-02T00:00:00Z');
const during = new Date('2026-05-10T00:00:00Z');

/** A programme `friends`, and what journeys of winners are made of. */
export async function winnersStage(laurel: TestLaurel) {
  const newcomer = newcomers(() => laurel);
  let contests = 0;
  await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/welcome' });

  const secret = (method: string, path: string, body?: unknown) =>
    ask(laurel, method, path, { credential: laurel.secretKey, body });
  const winnersOf = async (contest: string): Promise<z.output<typeof Winner>[]> =>
    (await secret('GET', `/contests/${contest}/winners?limit=100`)).json.items;
  const seen = async (contest: string) =>
    (await winnersOf(contest)).map((each) => `${each.place} ${each.state} ${each.externalId}`);
  const stateOf = async (contest: string) => (await laurel.api.contests.get({ contest })).state;
  const winnerOf = async (contest: string, { externalId }: Person) =>
    (await winnersOf(contest)).find((each) => each.externalId === externalId);
  const tokenOf = async ({ id }: Person) => (await laurel.api.participants.createToken({ participant: id })).token;

  return {
    secret,
    seen,
    stateOf,
    winnerOf,
    tokenOf,
    people: (count: number): Promise<Person[]> =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const externalId = await newcomer();
          return { externalId, id: (await laurel.api.participants.get({ participant: externalId })).id };
        }),
      ),
    /** A contest that has begun, and whose end is far off: `draw` decides it at once. It is the tenth of May now. */
    begin: async (more: Record<string, unknown> = {}) => {
      laurel.travelTo(new Date('2026-04-01T00:00:00Z'));
      contests += 1;
      const made = await laurel.api.contests.create({
        ...{ program: 'friends', slug: `contest-${contests}`, name: `Contest ${contests}`, timeZone: 'Europe/Lisbon' },
        ...{ startsAt: '2026-05-01T00:00:00Z', endsAt: '2027-06-01T00:00:00Z', prizes: [{ name: 'Cup', winners: 2 }] },
        ...more,
      });
      laurel.travelTo(during);
      return made;
    },
    /** What is seen once there are so many winners, lapsed and disqualified ones too. */
    seenOnce: (contest: string, count: number) =>
      eventually(
        () => seen(contest),
        (found) => found.length === count,
      ),
    closed: (contest: string) =>
      eventually(
        () => stateOf(contest),
        (state) => state === 'closed',
      ),
    claim: async (contest: string, person: Person, values: Record<string, string> = { size: 'M' }) => {
      const winner = await winnerOf(contest, person);
      return ask(laurel, 'POST', `/winners/${winner?.id}/claim`, {
        credential: await tokenOf(person),
        body: { values },
      });
    },
    disqualify: (contest: string, body: { participant?: string; entryId?: string; reason: string }) =>
      secret('POST', `/contests/${contest}/disqualifications`, body),
    eventsOf: async (contest: string, name: string) =>
      (
        await sql<{ payload: Record<string, unknown> }>(
          laurel,
          `select payload from $schema.event where name = $1 and payload ->> 'contest' = $2 order by id`,
          [name, contest],
        )
      ).map(({ payload }) => payload),
    giveAddress: async ({ externalId, id }: Person, email: string, confirmed = true) => {
      await laurel.api.participants.upsert({ externalId, email });
      await sql(
        laurel,
        `update $schema.participant_contact set confirmed_at = case when $2::boolean then now() end where participant_id = $1`,
        [id, confirmed],
      );
    },
  };
}
