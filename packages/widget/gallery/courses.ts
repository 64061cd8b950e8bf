import type { Api } from '@laurelkit/sdk/client';
import { type Planned, phases } from './course-nodes.ts';
import { at, day, uuid } from './time.ts';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;
/** A course as the API answers it. */
export type Course = Answer<Api['courses']['get']>;
/** Somebody in a course. */
export type Enrolment = Answer<Api['enrolments']['get']>;
/** A run of days. */
export type Streak = Answer<Api['streaks']['get']>;
type Cohort = Answer<Api['enrolments']['listCohorts']>['items'][number];

/** What a scripted API knows of courses. */
export interface Learn {
  courses: Course[];
  /** The visitor’s own. */
  enrolments: Enrolment[];
  /** Ids of the lessons that are done, and of one that was begun. */
  done: Set<string>;
  begun: string | null;
  streak: Streak;
  cohorts: Cohort[];
  seq: number;
  /** The course has no lessons, or strange ones. */
  lessons?: 'none' | 'strange';
  /** What enrolling or paying is refused with. */
  refuse?: string;
  /** Completing is refused. */
  stubborn?: boolean;
  text?: 'strange';
  /** Who asks is staff: the enrolments are those of others. */
  staff?: boolean;
}

/** The course of the gallery. */
export const courseOf = (changes: Partial<Course> = {}): Course => ({
  id: uuid(301),
  slug: 'roasting',
  name: 'Roasting coffee, from bean to shop',
  description:
    'Twelve weeks, from the farm to **your own** shelf. You taste, roast and price, with people who do it *every day*.\n\nMore on [our pages](https://fernway.example).',
  language: 'en',
  tags: ['coffee', 'craft'],
  imageUrl: null,
  timeZone: 'Europe/Lisbon',
  dripZone: 'course',
  sequential: false,
  startsAt: null,
  endsAt: null,
  access: 'open',
  price: null,
  seats: null,
  seatsLeft: null,
  waitingList: true,
  listed: true,
  program: 'friends',
  state: 'published',
  version: 3,
  lessons: 49,
  minutes: 1136,
  createdAt: at(-90 * day),
  updatedAt: at(-9 * day),
  ...changes,
});

/** The visitor’s enrolment. */
export const enrolmentOf = (changes: Partial<Enrolment> = {}): Enrolment => ({
  id: uuid(310),
  course: 'roasting',
  participant: uuid(311),
  cohort: null,
  state: 'active',
  position: null,
  price: null,
  payBy: null,
  version: 3,
  timeZone: 'Europe/Lisbon',
  percent: 0,
  completedAt: null,
  enrolledAt: at(-23 * day),
  updatedAt: at(-day),
  ...changes,
});

const cohortOf = (index: number, name: string, changes: Partial<Cohort> = {}): Cohort => ({
  id: uuid(320 + index),
  course: 'roasting',
  slug: `group-${index}`,
  name,
  startsAt: at(6 * day),
  endsAt: null,
  opensAt: null,
  closesAt: null,
  seats: 30,
  seatsLeft: 4,
  learners: null,
  createdAt: at(-30 * day),
  ...changes,
});

const two = (value: number) => `${value}`.padStart(2, '0');
/** The local day so many days ago. */
const ago = (days: number): string => {
  const date = new Date(Date.now() - days * day);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

const learnt = (...days: number[]): Streak['days'] => days.map((each) => ({ day: ago(each), kind: 'learnt' as const }));

const streakOf = (changes: Partial<Streak> = {}): Streak => ({
  current: 9,
  longest: 12,
  today: false,
  freezes: 2,
  days: [
    ...learnt(1, 2, 3, 4, 6, 7, 8, 9, 12, 13, 15, 16, 17, 20, 21, 22),
    { day: ago(5), kind: 'frozen' },
    { day: ago(14), kind: 'skipped' },
  ],
  ...changes,
});

/** The lessons of the course in their order. */
export const lessonsInOrder: Planned[] = phases.flatMap(({ weeks }) => weeks.flatMap(({ lessons }) => lessons));

const first = (count: number) => new Set(lessonsInOrder.slice(0, count).map(({ id }) => id));

const learnOf = (changes: Partial<Learn> = {}): Learn => ({
  courses: [courseOf()],
  enrolments: [enrolmentOf()],
  done: first(14),
  begun: 'week-4-reading',
  streak: streakOf(),
  cohorts: [],
  seq: 40,
  ...changes,
});

const names = [
  [
    'Tasting like a professional',
    'Learn to say what you taste.',
    ['coffee', 'tasting'],
    { minor: 4900, currency: 'EUR' },
    12,
  ],
  ['Milk, steam and art', 'From flat to **fern** in six short lessons.', ['coffee', 'milk'], null, null],
  [
    'A small shop, well kept',
    'Books, shelves and hours for shops of one to three people.',
    ['business'],
    { minor: 19_900, currency: 'EUR' },
    0,
  ],
  ['Tea for coffee people', 'Leaves, water, time: a short way into tea.', ['tea'], null, null],
  [
    'Talking to growers',
    'How to ask, listen and buy for years.',
    ['business', 'origin'],
    { minor: 9900, currency: 'EUR' },
    3,
  ],
  ['Repairing grinders', 'Burrs, bearings and belts.', ['craft'], { minor: 5900, currency: 'EUR' }, 25],
] as const;

const many = (): Course[] => [
  courseOf(),
  ...Array.from({ length: 3 }, (_, round) =>
    names.map(([name, description, tags, price, seatsLeft], index) =>
      courseOf({
        id: uuid(400 + round * 10 + index),
        slug: `course-${round}-${index}`,
        name: round ? `${name}, part ${round + 1}` : name,
        description,
        tags: [...tags],
        price: price && { ...price },
        seats: seatsLeft === null ? null : 30,
        seatsLeft,
        waitingList: true,
        lessons: 6 + index * 3,
        minutes: 40 + index * 95,
      }),
    ),
  ).flat(),
];

const strangeNames = (): Course[] => [
  courseOf({
    name: 'Maximiliana Theodora Alexandrina Wilhelmina von und zu Hohenstauffen-Lichtenberg presents coffee',
    tags: ['a'.repeat(40)],
  }),
  courseOf({
    id: uuid(451),
    slug: 'x1',
    name: '<img src=x onerror=alert(1)>',
    description: '<script>alert(1)</script>',
  }),
  courseOf({ id: uuid(452), slug: 'x2', name: '\u202Egnp.exe\u202C reversed', imageUrl: 'javascript:alert(1)' }),
  courseOf({ id: uuid(453), slug: 'x3', name: 'محمد الأمين: القهوة', language: 'ar', tags: ['قهوة'] }),
  courseOf({
    id: uuid(454),
    slug: 'x4',
    name: '\u200B\u200B',
    price: { minor: 9_000_000_000_000, currency: 'JPY' },
    seats: 9,
    seatsLeft: 1,
  }),
  courseOf({
    id: uuid(455),
    slug: 'x5',
    name: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    description: null,
    tags: [],
  }),
];

const paid = { price: { minor: 24_900, currency: 'EUR' }, seats: 30, seatsLeft: 4 };
const all = () => new Set(lessonsInOrder.map(({ id }) => id));

/** Every state of a course that the gallery shows, by name. */
export const learns: Record<string, () => Learn> = {
  learning: () => learnOf(),
  staffOne: () => learnOf({ staff: true }),
  staffWaiting: () => learnOf({ staff: true, enrolments: [enrolmentOf({ state: 'waiting', position: 3 })] }),
  learningToday: () => learnOf({ streak: streakOf({ today: true, current: 10, freezes: 0 }) }),
  learningFresh: () =>
    learnOf({ done: new Set(), begun: null, streak: streakOf({ current: 0, longest: 0, freezes: 0, days: [] }) }),
  learningLast: () => learnOf({ done: first(48), begun: null }),
  learningDone: () =>
    learnOf({ done: all(), begun: null, enrolments: [enrolmentOf({ percent: 100, completedAt: at(-3 * day) })] }),
  learningWaits: () => learnOf({ done: first(21), begun: null }),
  learningEmpty: () =>
    learnOf({ lessons: 'none', done: new Set(), begun: null, courses: [courseOf({ lessons: 0, minutes: 0 })] }),
  learningStrange: () => learnOf({ lessons: 'strange', text: 'strange', courses: strangeNames() }),
  learningStubborn: () => learnOf({ done: new Set(), begun: null, stubborn: true }),
  enrolFree: () => learnOf({ enrolments: [], done: new Set(), begun: null }),
  enrolPaid: () => learnOf({ enrolments: [], done: new Set(), begun: null, courses: [courseOf(paid)] }),
  enrolGroups: () =>
    learnOf({
      ...{ enrolments: [], done: new Set(), begun: null },
      cohorts: [
        cohortOf(1, 'Spring'),
        cohortOf(2, 'Evenings', { startsAt: null }),
        cohortOf(3, 'Past', { closesAt: at(-day) }),
      ],
    }),
  enrolFull: () =>
    learnOf({ enrolments: [], done: new Set(), begun: null, courses: [courseOf({ ...paid, seatsLeft: 0 })] }),
  enrolFullStop: () =>
    learnOf({
      ...{ enrolments: [], done: new Set(), begun: null },
      courses: [courseOf({ ...paid, seatsLeft: 0, waitingList: false })],
    }),
  enrolInvited: () =>
    learnOf({ enrolments: [], done: new Set(), begun: null, courses: [courseOf({ access: 'invited' })] }),
  enrolArchived: () =>
    learnOf({ enrolments: [], done: new Set(), begun: null, courses: [courseOf({ state: 'archived' })] }),
  enrolRefused: () => learnOf({ enrolments: [], done: new Set(), begun: null, refuse: 'course_full' }),
  enrolWaiting: () =>
    learnOf({
      ...{ done: new Set(), begun: null, courses: [courseOf({ ...paid, seatsLeft: 0 })] },
      enrolments: [enrolmentOf({ state: 'waiting', position: 3 })],
    }),
  enrolUnpaid: () =>
    learnOf({
      ...{ done: new Set(), begun: null, courses: [courseOf(paid)] },
      enrolments: [enrolmentOf({ state: 'unpaid', price: { ...paid.price }, payBy: at(day) })],
    }),
  enrolUnpayable: () =>
    learnOf({
      ...{ done: new Set(), begun: null, courses: [courseOf(paid)], refuse: 'payment_not_configured' },
      enrolments: [enrolmentOf({ state: 'unpaid', price: { ...paid.price }, payBy: at(day) })],
    }),
  catalogue: () =>
    learnOf({
      courses: many(),
      enrolments: [
        enrolmentOf({ percent: 28 }),
        enrolmentOf({ id: uuid(312), course: 'course-0-3', percent: 100, completedAt: at(-day) }),
        enrolmentOf({ id: uuid(313), course: 'course-0-2', state: 'waiting', position: 2 }),
      ],
    }),
  catalogueEmpty: () => learnOf({ courses: [], enrolments: [] }),
  catalogueStrange: () => learnOf({ courses: strangeNames(), enrolments: [] }),
};
