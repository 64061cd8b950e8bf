import type { TestLaurel } from '../src/testing.ts';
import type { Sample } from './samples.ts';
import { sql } from './support.ts';

/** Requests for each operation of winners after `seed`, in a contest made for them that is drawn: `ada` and `bob` have won. */
export async function winnerSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  const day = 86_400_000;
  const { id } = await laurel.api.contests.create({
    ...{ program: 'friends', slug: 'won', name: 'Won', claim: {}, prizes: [{ name: 'Cup', winners: 2 }] },
    ...{ startsAt: new Date(Date.now() - day).toISOString(), endsAt: new Date(Date.now() + day).toISOString() },
  });
  await sql(laurel, `update $schema.contest set state = 'drawn' where id = $1`, [id]);
  const winners = await sql<{ id: string }>(
    laurel,
    `insert into $schema.contest_winner (id, contest_id, number, place, prize, entry_id, participant_id)
     select gen_random_uuid(), $1, row_number() over (order by external_id), row_number() over (order by external_id), 0, external_id, id
     from $schema.participant where external_id in ('ada', 'bob') order by external_id returning id`,
    [id],
  );
  // Each can be disqualified once, and each request names another.
  await sql(
    laurel,
    `insert into $schema.participant (id, external_id) select gen_random_uuid(), 'new-' || each from generate_series(1, 1000) each
     on conflict do nothing`,
  );
  return {
    'draws.disqualify': {
      path: '/contests/spring/disqualifications',
      body: { participant: 'new', reason: 'Two accounts' },
    },
    'draws.disqualifications': { path: '/contests/spring/disqualifications' },
    'draws.winners': { path: '/contests/won/winners' },
    'draws.claim': { path: `/winners/${winners[0]?.id}/claim`, body: {} },
    'draws.lapse': { path: `/winners/${winners[1]?.id}/lapse`, body: { reason: 'No answer' } },
  };
}
