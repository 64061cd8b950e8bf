import { type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import { program } from './laurel.ts';

const day = 86_400_000;

/** The contests of the page of further kinds, by what they are. */
export const kinds = {
  league: 'hill-league',
  teams: 'kite-cup',
  waitlist: 'workshop',
  milestone: 'ladder',
  instant: 'breeze',
} as const;

const hello = { id: 'hello', kind: 'daily' as const, title: 'Say hello', points: 2 };

/** What they share: two months from now on, and points for logged flights, which the host gives. */
const about = (slug: string, name: string, description: string) => ({
  ...{ program, slug, name, description },
  startsAt: new Date().toISOString(),
  endsAt: new Date(Date.now() + 60 * day).toISOString(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  scoring: [{ event: 'flight', points: 1 }],
  rules: { sponsor: 'Lark & Line, an example shop', contact: 'hello@lark-and-line.example' },
});

/** Creates a contest of each kind, unless it is there. */
export async function setUpKinds({ api }: Laurel): Promise<void> {
  const contests = [
    {
      ...about(kinds.league, 'Hill league', 'Groups of ten. Each week the best three go up, the last three down.'),
      kind: 'league' as const,
      period: 'week' as const,
      actions: [hello],
      league: { size: 10, promote: 3, demote: 3, divisions: ['Breeze', 'Fresh wind', 'Gale'] },
    },
    {
      ...about(kinds.teams, 'Kite cup', 'Up to four fly together. What one of them flies counts for all.'),
      teamSize: 4,
      tiePolicy: 'shared' as const,
      prizes: [{ name: 'A day on the hill with the sewers' }],
      actions: [hello],
    },
    {
      ...about(kinds.waitlist, 'Sewing workshop', 'Eight seats in autumn, and a line for them.'),
      kind: 'waitlist' as const,
      scoring: [{ event: 'referral', points: 1 }],
    },
    {
      ...about(kinds.milestone, 'The ladder', 'Log your flights. The first to reach a rung have its prize.'),
      kind: 'milestone' as const,
      prizes: [
        { name: 'A sticker of the hill', winners: 100, atPoints: 5 },
        { name: 'A spool of line', winners: 10, atPoints: 20 },
      ],
      actions: [hello],
    },
    {
      ...about(kinds.instant, 'A breath of wind', 'Two plays a day, decided at once.'),
      kind: 'instant_win' as const,
      instantWin: { playsPerDay: 2, prizes: [{ name: 'A pocket kite', oneIn: 20, stock: 50 }] },
    },
  ];
  for (const contest of contests) await api.contests.create(contest).catch(unlessTaken);
}

function unlessTaken(error: unknown): void {
  if (!(error instanceof LaurelProblem && error.code === 'slug_taken')) throw error;
}

/** Teams of the seeded people, by their place among them; the first of a team founds it. */
const teams = [
  ['The Updraughts', 0, 3, 6],
  ['Low and slow', 1, 4, 7, 9],
  ['Line crew', 2, 5],
] as const;

/** Lets seeded people take part, so that there is somebody to look at. */
export async function seedKinds(laurel: Laurel, people: readonly string[]): Promise<void> {
  for (const [name, ...members] of teams)
    await foundTeam(
      laurel,
      name,
      members.flatMap((place) => people[place] ?? []),
    );
  for (const [place, participant] of people.entries()) {
    const flights = 3 + ((place * 7) % 19);
    for (const contest of [kinds.league, kinds.teams, kinds.milestone]) {
      const idempotencyKey = `flights-${participant}`;
      await laurel.api.points.award({ contest, participant, points: flights, idempotencyKey });
    }
    await laurel.api.entries.join({ contest: kinds.waitlist, participant, rulesVersion: 1 });
  }
}

/** A team is founded and joined by its members, so by tokens of theirs. */
async function foundTeam(laurel: Laurel, name: string, members: readonly string[]): Promise<void> {
  let inviteCode = '';
  for (const participant of members) {
    const { token } = await laurel.api.participants.createToken({ participant });
    const [path, body] = inviteCode ? ['teams/join', { inviteCode }] : ['teams', { name }];
    const answer = await laurel.fetch(
      new Request(`http://shop.example/api/contests/${kinds.teams}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (!answer.ok) throw new Error(`The team ${name} was refused: ${await answer.text()}`);
    inviteCode = ((await answer.json()) as { inviteCode: string }).inviteCode;
  }
}
