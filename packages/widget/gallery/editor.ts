import type { Api } from '@laurelkit/sdk/client';
import { type Contest, claimForm, everyAction, prize, raffle, settings } from './contest-parts.ts';
import { crowd } from './people.ts';
import type { Scenario } from './scenario.ts';
import { at, day, uuid } from './time.ts';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;

export type Draw = Answer<Api['draws']['get']>;
export type Winner = Answer<Api['draws']['winners']>['items'][number];
export type Disqualification = Answer<Api['draws']['disqualifications']>['items'][number];
export type History = Answer<Api['contests']['history']>['items'];

/** What is known of one contest beside its settings. */
export interface Running {
  contest: Contest;
  history: History;
  draw: Draw;
  winners: Winner[];
  published: boolean;
  disqualifications: Disqualification[];
}

/** What staff see of contests. */
export interface Staff {
  running: Running[];
}

const hash = (digit: string) => digit.repeat(64);

const contest = (number: number, slug: string, name: string, changes: Partial<Contest>): Contest => ({
  ...settings,
  id: uuid(number),
  slug,
  program: 'friends',
  name,
  description: null,
  state: 'draft',
  startsAt: at(7 * day),
  endsAt: at(37 * day),
  timeZone: 'Europe/Lisbon',
  period: 'contest',
  scoring: [
    { event: 'referral', points: 3 },
    { event: '*', points: 1 },
  ],
  hideUntilEnd: false,
  createdAt: at(-50 * day),
  updatedAt: at(-9 * day),
  ...changes,
});

const draw = (contest: Contest, changes: Partial<Draw> = {}): Draw => ({
  contest: contest.slug,
  state: contest.state,
  source: contest.draw.source,
  commitments: [{ version: 1, document: '{}', hash: hash('a'), committedAt: at(-30 * day) }],
  freeze: null,
  signature: null,
  numbers: null,
  randomness: null,
  drawnAt: null,
  receiptKey: hash('b'),
  ...changes,
});

const freeze = (round: number | null, roundIn: number): Draw['freeze'] => ({
  frozenAt: at(-600_000),
  seq: 1200,
  root: { hash: hash('c'), sum: 3480, count: 214 },
  round,
  roundAt: round ? at(roundIn) : null,
});

const winner = (place: number, name: string, changes: Partial<Winner> = {}): Winner => ({
  id: uuid(300 + place),
  place,
  prize: place === 1 ? 'Coffee for a year' : 'Enamel mug',
  entryId: `b${place}`,
  name,
  state: 'selected',
  participant: uuid(400 + place),
  externalId: `customer-${place}`,
  displayName: name,
  email: `customer-${place}@fernway.example`,
  notifiedAt: at(-day),
  claimBy: at(13 * day),
  claimedAt: null,
  claim: null,
  replaces: null,
  ...changes,
});

/** A contest with what became of it. */
export const running = (about: Contest, more: Partial<Running> = {}): Running => ({
  contest: about,
  history: [
    { from: null, to: 'draft', note: null, actor: 'staff:Ida', at: at(-50 * day) },
    ...(about.state === 'draft'
      ? []
      : [{ from: 'draft' as const, to: 'scheduled' as const, note: null, actor: 'staff:Ida', at: at(-49 * day) }]),
    ...(about.state === 'live' || about.state === 'paused'
      ? [{ from: 'scheduled' as const, to: 'live' as const, note: null, actor: 'system', at: at(-9 * day) }]
      : []),
  ],
  draw: draw(about),
  winners: [],
  published: about.publishResults === 'automatically',
  disqualifications: [],
  ...more,
});

const live = { state: 'live', startsAt: at(-9 * day), endsAt: at(5 * day) } as const;
const over = { startsAt: at(-40 * day), endsAt: at(-day) } as const;

/** A contest in each state. */
export function staffOf(): Staff {
  const winter = contest(104, 'winter', 'Winter raffle', {
    ...raffle,
    name: 'Winter raffle',
    ...over,
    state: 'frozen',
  });
  const lottery = contest(105, 'lottery', 'Lottery raffle', {
    ...raffle,
    ...over,
    name: 'Lottery raffle',
    state: 'frozen',
    draw: { source: 'numbers', delaySeconds: 300, numbers: ['EuroMillions of 5 June', 'Totoloto of 6 June'] },
  });
  const summer = contest(106, 'summer', 'Summer raffle', {
    ...raffle,
    ...over,
    name: 'Summer raffle',
    state: 'drawn',
    claim: claimForm,
    publishResults: 'by_hand',
  });
  return {
    running: [
      running(contest(101, 'autumn', 'Autumn challenge', { prizes: [prize('Coffee for a year')] })),
      running(contest(102, 'advent', 'Advent steps', { state: 'scheduled', actions: everyAction() })),
      running(
        contest(103, 'spring', 'Spring challenge', {
          ...live,
          prizes: [prize('Coffee for a year'), prize('Enamel mug', 10)],
        }),
      ),
      running(winter, { draw: draw(winter, { freeze: freeze(4_820_113, 240_000) }) }),
      running(lottery, { draw: draw(lottery, { freeze: freeze(null, 0) }) }),
      running(summer, {
        draw: draw(summer, { freeze: freeze(4_820_113, -300_000), randomness: hash('d'), drawnAt: at(-200_000) }),
        winners: [
          winner(1, 'Mira', {
            state: 'claimed',
            claimedAt: at(-3_600_000),
            claim: { address: 'Rua das Flores 4\n1200 Lisboa', grind: 'Ground' },
          }),
          winner(2, 'Joaquim'),
          winner(3, 'Maximiliana Theodora Alexandrina Wilhelmina von und zu Hohenstauffen', {
            email: null,
            notifiedAt: null,
          }),
          winner(4, 'Nadia', { state: 'lapsed' }),
        ],
      }),
      running(contest(107, 'first', 'Our first contest', { ...over, state: 'closed' })),
    ],
  };
}

/** What the editor is shown with. */
export const editorScenarios: Record<string, () => Scenario> = {
  editor: () => ({ people: crowd(24), staff: staffOf() }),
  editorEmpty: () => ({ people: [], staff: { running: [] } }),
};
