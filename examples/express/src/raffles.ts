import { randomInt } from 'node:crypto';
import { type Laurel, LaurelProblem } from '@laurelkit/server-adapter';
import { program } from './laurel.ts';

const minutes = 60_000;

/** The public numbers that decide in this demonstration: they prove the mechanism, and nothing about the shop. */
const machine = 'The six numbers that the shop’s own lottery machine shows after the end';
const raffles = /^(opening|hilltop-\d+)$/;

/** Lets the machine show its numbers once the entries of a raffle are frozen, and published. */
export function giveNumbers({ api, on }: Laurel): void {
  on('contest.frozen', async ({ payload: { contest } }) => {
    const { slug } = await api.contests.get({ contest });
    if (!raffles.test(slug)) return;
    const numbers = [Array.from({ length: 6 }, () => String(randomInt(1, 50)))];
    // Heard again, it leaves the numbers that were given first.
    await api.draws.setNumbers({ contest, numbers }).catch(unlessGiven);
  });
}

const unlessGiven = unless('draw_state_conflict');
const unlessTaken = unless('slug_taken');

/** Lets one refusal pass. */
function unless(code: string) {
  return (error: unknown): void => {
    if (!(error instanceof LaurelProblem && error.code === code)) throw error;
  };
}

/** A raffle of the shop: who takes part has a ticket for each point. */
const raffle = (slug: string, name: string, startsAt: number, endsAt: number) => ({
  program,
  slug,
  name,
  kind: 'raffle' as const,
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  mostEntries: 50,
  // A real shop leaves `draw` out: then the public beacon drand decides, which the demo cannot count on reaching.
  draw: { source: 'numbers' as const, delaySeconds: 30, numbers: [machine] },
  rules: { sponsor: 'Lark & Line, an example shop', contact: 'hello@lark-and-line.example' },
});

/** A short raffle that ends right after it began, so that there is a draw to look at. Seeded people take part. */
export async function seedOpeningDraw({ api }: Laurel, people: readonly string[]): Promise<void> {
  const now = Date.now();
  try {
    await api.contests.create({
      ...raffle('opening', 'Opening draw', now - 1_000, now + 5_000),
      description: 'The first of the year: a Lantern for whoever chance picks.',
      prizes: [{ name: 'A Lantern kite' }, { name: 'A spool of line', winners: 2 }],
      // Points are given by hand below; what happens in the shop meanwhile earns none.
      scoring: [{ event: 'ticket', points: 1 }],
    });
  } catch (error) {
    if (error instanceof LaurelProblem && error.code === 'slug_taken') return;
    throw error;
  }
  for (const [index, participant] of people.entries()) {
    await api.points.award({
      contest: 'opening',
      participant,
      points: 1 + (index % 4),
      idempotencyKey: `hat-${participant}`,
    });
  }
}

/** The raffle that runs now; when the last one is over, the next. Answers its slug. */
export async function currentRaffle({ api }: Laurel): Promise<string> {
  const { items } = await api.contests.list({ program, limit: 100 });
  const raffles = items.filter(({ slug }) => slug.startsWith('hilltop-'));
  const running = raffles.find(({ state }) => state === 'live' || state === 'scheduled' || state === 'paused');
  if (running) return running.slug;
  const slug = `hilltop-${raffles.length + 1}`;
  const now = Date.now();
  await api.contests
    .create({
      ...raffle(slug, 'Hilltop draw', now, now + 20 * minutes),
      description: 'Twenty minutes, one hat. The more you do, the more tickets you have in it.',
      prizes: [{ name: 'A Skylark kite' }, { name: 'The hill, as a poster', winners: 2 }],
      scoring: [
        { event: 'purchase', points: 10 },
        { event: 'referral', points: 5 },
      ],
      actions: [
        { id: 'hello', kind: 'daily', title: 'Say hello', points: 1 },
        {
          id: 'wind',
          kind: 'answer',
          title: 'One for the wind',
          question: 'Which of our kites flies in the lightest air?',
          choices: ['Kestrel', 'Lantern', 'Skylark'],
          answers: ['Lantern'],
          points: 3,
        },
        { id: 'word', kind: 'code_word', title: 'The word from the wind letter', answers: ['thermal'], points: 3 },
        {
          id: 'share',
          kind: 'share',
          title: 'Tell somebody',
          channels: ['copy', 'whatsapp', 'email'],
          points: 2,
          after: ['hello'],
        },
      ],
      claim: {
        days: 7,
        fields: [
          { id: 'name', label: 'Name on the parcel' },
          { id: 'address', label: 'Where it goes' },
        ],
      },
      eligibility: { minimumAge: 18 },
    })
    .catch(unlessTaken);
  return slug;
}
