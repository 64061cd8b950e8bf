import { coursesOf, longCourse, type Taught } from './author-courses.ts';
import { type Learning, learnings } from './cohort-api.ts';
import { type Contest, prize, settings } from './contest-parts.ts';
import { contestScenarios, type Part } from './contests.ts';
import { type Learn, learns } from './courses.ts';
import { editorScenarios, type Staff } from './editor.ts';
import { crowd, type Person, type Row, rank, strange } from './people.ts';
import { reviewsOf } from './reviews.ts';
import { type Own, ownOf, ownOfAll, ownOfSome, ownOfStrange } from './rewards.ts';
import { at, day, uuid } from './time.ts';
import { type Lecture, videoScenarios } from './video.ts';

const hour = 3_600_000;

/** What a scripted API knows. */
export interface Scenario {
  people: Person[];
  /** Index of the reader in `people`. */
  me?: number;
  contest?: Partial<Contest>;
  program?: Partial<ReturnType<typeof programOf>>;
  counts?: { clicks: number; referrals: number; qualified: number; conversions: number };
  points?: number;
  own?: Own;
  hidden?: boolean;
  /** The visitor's part in the contest, and what became of it. */
  part?: Part;
  /** What staff see of contests; without it the reader is no staff. */
  staff?: Staff;
  /** What authors see of courses, and staff of those who learn. */
  courses?: Taught[];
  learning?: Learning;
  /** What waits for staff; without it the reader is no staff. */
  reviews?: ReturnType<typeof reviewsOf>;
  /** A lesson with a video, and what was told of it. */
  lecture?: Lecture;
  /** What there is to learn, and the visitor's part in it. */
  learn?: Learn;
  /** Answers 503 to everything, or never answers. */
  down?: 'refuse' | 'hang';
}

/** A contest as the API answers it. */
export const contestOf = (changes: Partial<Contest> = {}): Contest => ({
  ...settings,
  id: uuid(1),
  slug: 'spring',
  program: 'friends',
  name: 'Spring challenge',
  description: null,
  state: 'live',
  startsAt: at(-9 * day),
  endsAt: at(2 * day + 4 * hour + 1000),
  timeZone: 'Europe/Lisbon',
  period: 'week',
  scoring: [
    { event: 'purchase', points: 10 },
    { event: 'referral', points: 3 },
    { event: '*', points: 1 },
  ],
  hideUntilEnd: false,
  createdAt: at(-20 * day),
  updatedAt: at(-9 * day),
  ...changes,
});

/** A programme as the API answers it. */
export const programOf = (changes: object = {}) => ({
  id: uuid(2),
  slug: 'friends',
  name: 'Fernway Coffee',
  headline: 'Give a friend a bag of coffee, get one yourself' as string | null,
  landingUrl: 'https://fernway.example/',
  landingOrigins: ['https://fernway.example'],
  attribution: { model: 'last' as const, windowDays: 30, creditWindowDays: null },
  urlParameters: ['ref'],
  legalClass: 'reward' as const,
  qualifyingEvents: [] as string[],
  holdDays: 14,
  timeZone: 'Europe/Lisbon',
  riskMode: 'normal' as const,
  paidAdsAllowed: true,
  refereeOffer: '10 % off your first order' as string | null,
  joining: 'host' as 'host' | 'open',
  consentText: null as string | null,
  termsUrl: null as string | null,
  cookieDomain: null,
  archivedAt: null as string | null,
  createdAt: at(-90 * day),
  updatedAt: at(-90 * day),
  ...changes,
});

/** The people of a scenario as rows. */
export const rowsOf = (scenario: Scenario): Row[] => rank(scenario.people);

const consentText =
  'I take part in the referral programme of Fernway Coffee and agree to get messages about my link and rewards. I can leave at any time.';

/** The text after the host has changed it. */
export const newConsentText = `${consentText} My data stays in the EU.`;

const open = {
  joining: 'open',
  consentText,
  termsUrl: 'https://fernway.example/terms',
  headline: null,
} as const;

/** Some who have equal points, under a tie policy. */
const tied = (contest: Partial<Contest> = {}): Scenario => ({
  people: ['Mira', 'Joaquim', 'Nadia', 'Tomas', 'Ines', 'Oskar', 'Leila', 'Bruno', 'Yara', 'Emil'].map(
    (name, index): Person => [name, [41, 41, 36, 30, 30, 30, 22, 18, 18, 9][index] ?? 1],
  ),
  me: 4,
  contest: { period: 'contest', ...contest },
});

const over = { state: 'closed', startsAt: at(-40 * day), endsAt: at(-9 * day) } as const;

/** Every state the gallery shows, made anew at each call. */
export const scenarios: Record<string, () => Scenario> = {
  ...Object.fromEntries(
    Object.entries(learns).map(([name, learn]) => [
      name,
      (): Scenario => ({ people: crowd(24), me: 3, learn: learn() }),
    ]),
  ),
  pinned: () => ({ people: crowd(240), me: 46 }),
  top: () => ({ people: crowd(240), me: 3 }),
  leading: () => ({ people: crowd(24), me: 0, contest: { period: 'contest' } }),
  ties: () => tied(),
  tiesShared: () => tied({ tiePolicy: 'shared', prizes: [prize('Grinder', 2)] }),
  tiesDrawn: () => tied({ tiePolicy: 'draw', prizes: [prize('Grinder', 2)] }),
  equal: () => ({ people: crowd(10).map(([name]): Person => [name, 12]), contest: { period: 'contest' } }),
  strange: () => ({ people: strange, me: 8, contest: { period: 'contest' } }),
  one: () => ({ people: [['Mira', 3]], me: 0, contest: { period: 'contest' } }),
  empty: () => ({ people: [], me: 0, contest: { period: 'contest' } }),
  hidden: () => ({ people: crowd(40), me: 5, hidden: true, contest: { hideUntilEnd: true, period: 'contest' } }),
  soon: () => ({
    people: [],
    contest: { state: 'scheduled', startsAt: at(3 * day + 2 * hour + 1000), endsAt: at(30 * day) },
  }),
  ended: () => ({ people: crowd(58), me: 6, contest: { ...over, period: 'contest' } }),
  lastHour: () => ({ people: crowd(12), me: 2, contest: { endsAt: at(754_000), period: 'contest' } }),
  newcomer: () => ({ people: crowd(6), counts: { clicks: 0, referrals: 0, qualified: 0, conversions: 0 }, points: 0 }),
  earning: () => ({ people: crowd(12), own: ownOfSome() }),
  rewarded: () => ({ people: crowd(12), own: ownOfAll() }),
  strangeRewards: () => ({ people: crowd(12), own: ownOfStrange(), program: { headline: 'H'.repeat(160) } }),
  checked: () => ({ people: crowd(12), own: ownOf({ reviews: ownOfAll().reviews }) }),
  open: () => ({ people: crowd(12), program: open }),
  leavable: () => ({ people: crowd(12), program: open, own: ownOf() }),
  left: () => ({ people: crowd(12), program: open, own: ownOf({ left: true }) }),
  openEnded: () => ({ people: crowd(12), program: { ...open, archivedAt: at(-day) } }),
  plain: () => ({ people: crowd(12), program: { headline: null } }),
  archived: () => ({ people: crowd(12), program: { archivedAt: at(-day) } }),
  queue: () => ({ people: [], reviews: reviewsOf(27) }),
  quiet: () => ({ people: [], reviews: [] }),
  ...contestScenarios,
  ...editorScenarios,
  ...videoScenarios,
  courses: () => ({ people: [], courses: coursesOf(), learning: learnings.many() }),
  courseLong: () => ({ people: [], courses: longCourse() }),
  coursesEmpty: () => ({ people: [], courses: [] }),
  learnersStrange: () => ({ people: [], courses: coursesOf(), learning: learnings.strange() }),
  learnersNone: () => ({ people: [], courses: coursesOf(), learning: learnings.none() }),
  down: () => ({ people: [], down: 'refuse' }),
  hanging: () => ({ people: [], down: 'hang' }),
};
