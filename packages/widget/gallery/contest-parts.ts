import type { Api } from '@laurelkit/sdk/client';
import { at, day, uuid } from './time.ts';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;

export type Contest = Answer<Api['contests']['get']>;
export type Mine = Answer<Api['entries']['me']>;
export type Step = Answer<Api['contests']['history']>['items'][number];
export type Results = Answer<Api['draws']['results']>;
export type Team = NonNullable<Answer<Api['teams']['mine']>['team']>;

const hour = 3_600_000;

/** What holds of a contest where nothing else is said. */
export const settings = {
  kind: 'leaderboard' as Contest['kind'],
  tiePolicy: 'earliest' as Contest['tiePolicy'],
  names: 'shown' as Contest['names'],
  prizes: [] as Contest['prizes'],
  actions: [] as Contest['actions'],
  mostEntries: null as number | null,
  eligibility: { countries: null, minimumAge: null, verifiedEmail: false } as Contest['eligibility'],
  draw: { source: 'drand', delaySeconds: 300, numbers: [] } as Contest['draw'],
  teamSize: null as number | null,
  league: null as Contest['league'],
  instantWin: null as Contest['instantWin'],
  claim: null as Contest['claim'],
  rules: { sponsor: 'Fernway Coffee', contact: 'hello@fernway.example', terms: null } as Contest['rules'],
  publishResults: 'automatically' as Contest['publishResults'],
  rulesVersion: 1,
};

const action = (
  id: string,
  kind: Contest['actions'][number]['kind'],
  title: string,
  points: number,
  more: Partial<Contest['actions'][number]> = {},
): Contest['actions'][number] => ({
  id,
  kind,
  title,
  points,
  after: [],
  ...more,
});

/** An action of each kind. */
export const everyAction = (): Contest['actions'] => [
  action('read', 'visit', 'Read how we roast', 5, { url: 'https://fernway.example/roasting', seconds: 1 }),
  action('quiz', 'answer', 'Answer a question about coffee', 3, {
    question: 'Which bean tastes milder?',
    choices: ['Arabica', 'Robusta'],
  }),
  action('year', 'answer', 'When did we open?', 3, { question: 'In which year did we open our first shop?' }),
  action('word', 'code_word', 'Find the word on the bag', 10),
  action('tell', 'share', 'Tell your friends', 2, { channels: ['email', 'whatsapp', 'club'] }),
  action('about', 'form', 'Tell us how you drink it', 4, {
    fields: [
      { id: 'size', label: 'Cups a day', required: true, choices: ['One', 'Two', 'More'] },
      { id: 'town', label: 'Your town', required: true },
      { id: 'note', label: 'Anything else', required: false },
    ],
  }),
  action('visit-us', 'host', 'Come by our shop', 20),
  action('daily', 'daily', 'Look in every day', 1),
  action('late', 'answer', 'The last riddle', 25, { question: 'What is it?', after: ['quiz', 'word'] }),
];

/** Nothing done yet. */
export const mineOf = (contest: Pick<Contest, 'actions' | 'kind'>, changes: Partial<Mine> = {}): Mine => ({
  contest: 'spring',
  joined: true,
  missing: [],
  disqualified: null,
  showName: true,
  points: 0,
  entries: 0,
  allEntries: 3480,
  position: null,
  sources: [],
  actions: contest.actions.map(({ id, kind, after }) => ({
    id,
    kind,
    state: after.length > 0 ? ('locked' as const) : ('open' as const),
    opensAt: null,
    ...(kind === 'share' && { channels: [] }),
  })),
  playsLeft: null,
  stockLeft: null,
  won: [],
  ...changes,
});

/** Points from all over. */
export const someSources: Mine['sources'] = [
  { source: 'joined', name: null, times: 1, points: 1 },
  { source: 'referral', name: null, times: 2, points: 6 },
  { source: 'conversion', name: 'first_order', times: 1, points: 2 },
  { source: 'action', name: 'quiz', times: 1, points: 3 },
];

export const prize = (
  name: string,
  winners = 1,
  more: Partial<Contest['prizes'][number]> = {},
): Contest['prizes'][number] => ({
  name,
  description: null,
  winners,
  ...more,
});

/** A raffle for a year of coffee and ten mugs. */
export const raffle = {
  kind: 'raffle' as const,
  name: 'Spring raffle',
  description: 'Invite friends, do a step or two, and win coffee for a year.' as string | null,
  period: 'contest' as const,
  prizes: [
    prize('Coffee for a year', 1, { description: 'A bag every week, for fifty-two weeks.' }),
    prize('Enamel mug', 10),
  ],
};

export const won = (changes: Partial<Mine['won'][number]> = {}): Mine['won'][number] => ({
  winner: uuid(71),
  prize: 'Coffee for a year',
  place: 1,
  state: 'selected',
  claimBy: at(12 * day),
  ...changes,
});

export const step = (from: Step['from'], to: Step['to'], hours: number, note: string | null = null): Step => ({
  from,
  to,
  note,
  at: at(-hours * hour),
});

export const claimForm: NonNullable<Contest['claim']> = {
  days: 14,
  fields: [
    { id: 'address', label: 'Where to send it', required: true },
    { id: 'grind', label: 'Whole beans or ground', required: true, choices: ['Whole beans', 'Ground'] },
    { id: 'phone', label: 'Phone for the courier', required: false },
  ],
};

export const teamOf = (): Team => ({
  id: uuid(81),
  name: 'The Early Birds',
  inviteCode: 'BIRD-7K2F',
  members: [
    { id: 'b1', name: 'Mira', score: 41, self: true },
    { id: 'b2', name: 'Joaquim', score: 28, self: false },
    { id: 'b3', name: 'Quiet heron', score: 12, self: false },
  ],
});
