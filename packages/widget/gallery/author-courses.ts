import type { Cohort, Converted, Course, CourseNode, CourseVersion, Draft, Migration } from '../src/author/node.ts';
import { emptyNode } from '../src/author/node.ts';
import { at, day, uuid } from './time.ts';

/** What is known of one course. */
export interface Taught {
  course: Course;
  draft: Draft;
  versions: CourseVersion[];
  cohorts: Cohort[];
  migration: Migration;
  converted: Converted;
}

const course = (number: number, slug: string, name: string, changes: Partial<Course> = {}): Course => ({
  id: uuid(number),
  slug,
  name,
  description: null,
  language: 'en',
  tags: [],
  imageUrl: null,
  timeZone: 'Europe/Lisbon',
  dripZone: 'course',
  sequential: false,
  startsAt: at(-20 * day),
  endsAt: null,
  access: 'open',
  price: null,
  seats: null,
  seatsLeft: null,
  waitingList: true,
  listed: true,
  program: 'friends',
  state: 'draft',
  version: null,
  lessons: 0,
  minutes: 0,
  createdAt: at(-50 * day),
  updatedAt: at(-2 * day),
  ...changes,
});

const node = (id: string, parent: string | null, title: string, changes: Partial<CourseNode> = {}): CourseNode => ({
  ...emptyNode(id, parent, changes.type ?? 'lesson', title),
  ...changes,
});
const unit = (id: string, parent: string | null, label: string, title: string, changes: Partial<CourseNode> = {}) =>
  node(id, parent, title, { type: 'unit', label, ...changes });

const text = `# Why water matters

Coffee is **98 % water**. Taste yours before you blame the beans.

- [x] Fill a glass from the tap
- [ ] Fill one that was filtered

| Water | Taste |
| --- | --- |
| hard | flat |
| soft | sour |

> Good water tastes of nothing.
`;

/** A course of twelve weeks in three phases, the first of them written. */
const barista = (): CourseNode[] => [
  unit('foundations', null, 'Phase', 'Foundations'),
  unit('week-1', 'foundations', 'Week', 'Beans and water', { event: 'week-1' }),
  node('welcome', 'week-1', 'Welcome', { minutes: 5, markdown: 'Hello. This is how the twelve weeks go.' }),
  node('why-water', 'week-1', 'Why water matters', { minutes: 12, markdown: text }),
  node('grinding', 'week-1', 'Grinding, seen slowly', {
    ...{ kind: 'video', minutes: 9 },
    video: {
      provider: 'hls',
      url: 'https://media.fernway.example/grinding.m3u8',
      lengthMs: 524_000,
      posterUrl: null,
      captions: [{ language: 'en', label: 'English', url: 'https://media.fernway.example/grinding.vtt' }],
      chapters: [
        { id: 'burrs', title: 'Burrs', fromMs: 0, toMs: 150_000 },
        { id: 'dialling-in', title: 'Dialling in', fromMs: 150_000, toMs: 420_000 },
      ],
    },
    done: {
      kind: 'all',
      of: [
        { kind: 'watched', percent: 90 },
        {
          kind: 'some',
          count: 1,
          of: [
            { kind: 'manual', by: 'learner' },
            { kind: 'event', name: 'tasting-attended' },
          ],
        },
      ],
    },
  }),
  node('first-quiz', 'week-1', 'What did you taste?', { kind: 'quiz', minutes: 6 }),
  unit('week-2', 'foundations', 'Week', 'Milk', { opens: { kind: 'days', since: 'start', days: 7, at: '09:00' } }),
  node('steam', 'week-2', 'Steam', { kind: 'video', minutes: 14, video: null }),
  node('latte-live', 'week-2', 'Latte art, together', {
    ...{ kind: 'live', url: 'https://meet.fernway.example/latte', minutes: 60 },
    ...{ startsAt: '2030-03-05T18:00:00.000Z', endsAt: '2030-03-05T19:00:00.000Z' },
    opens: { kind: 'completed', node: 'steam' },
  }),
  node('notes', 'week-2', 'Tasting notes to print', {
    kind: 'download',
    url: 'https://fernway.example/notes.pdf',
    required: false,
  }),
  unit('service', null, 'Phase', 'Service', {
    opens: {
      kind: 'all',
      of: [
        { kind: 'completed', node: 'foundations' },
        { kind: 'cohort', cohorts: ['spring'] },
      ],
    },
  }),
  node('first-shift', 'service', 'Your first shift', { kind: 'assignment', minutes: 180, hidden: true }),
];

const version = (
  number: number,
  note: string | null,
  lessons: number,
  learners: number,
  days: number,
): CourseVersion => ({
  ...{ course: 'barista', version: number, note, lessons, learners },
  publishedAt: at(-days * day),
});

const cohort = (number: number, slug: string, name: string, changes: Partial<Cohort>): Cohort => ({
  ...{ id: uuid(number), course: 'barista', slug, name, startsAt: null, endsAt: null, opensAt: null, closesAt: null },
  ...{ seats: null, seatsLeft: null, learners: 0, createdAt: at(-30 * day), ...changes },
});

const nothing = (revision: number): Migration => ({
  ...{
    revision,
    added: [],
    removed: [],
    changed: [],
    returned: [],
    learners: 0,
    fallBelowDone: 0,
    fall: 0,
    rise: 0,
    stay: 0,
    missing: [],
  },
});

function taught(of: Course, nodes: CourseNode[], rest: Partial<Taught> = {}): Taught {
  return {
    course: of,
    draft: { course: of.slug, revision: 7, nodes, faults: [], retired: [], updatedAt: at(-day) },
    versions: [],
    cohorts: [],
    migration: nothing(7),
    converted: { name: null, description: null, language: null, nodes: [], faults: [], notes: [] },
    ...rest,
  };
}

const long = 'Die Kunst des langsamen Aufgießens und warum sie in Hohenstauffen-Lichtenberg seit jeher gelehrt wird';

/** Courses of the gallery: one that is taught, a draft, one that is over, and one with names of every kind. */
export const coursesOf = (): Taught[] => [
  taught(
    course(701, 'barista', 'Barista in twelve weeks', {
      ...{
        state: 'published',
        version: 2,
        lessons: 9,
        minutes: 286,
        tags: ['coffee', 'craft'],
        seats: 120,
        seatsLeft: 14,
      },
      description: 'From water to your first shift.',
      price: { minor: 4990, currency: 'EUR' },
    }),
    barista(),
    {
      versions: [version(2, 'Grinding is a video now.', 8, 97, 12), version(1, null, 6, 11, 60)],
      cohorts: [
        cohort(711, 'spring', 'Spring evening class', {
          startsAt: '2030-03-01T18:00:00.000Z',
          seats: 60,
          seatsLeft: 6,
          learners: 54,
        }),
        cohort(712, 'weekend', 'Weekenders', { learners: 37 }),
      ],
      migration: {
        ...{
          revision: 7,
          added: ['steam', 'notes'],
          returned: ['notes'],
          removed: [],
          changed: ['grinding', 'why-water', 'welcome'],
        },
        ...{ learners: 108, fallBelowDone: 37, fall: 61, rise: 4, stay: 43 },
        missing: [
          { lesson: 'steam', title: 'Steam', learners: 37 },
          { lesson: 'latte-live', title: 'Latte art, together', learners: 12 },
        ],
      },
      converted: {
        ...{ name: 'Filter at home', description: null, language: 'en', faults: [] },
        nodes: [
          unit('filter', null, 'Module', 'Filter at home'),
          node('why-water', 'filter', 'Why water matters', { markdown: 'Shorter.' }),
          node('bloom', 'filter', 'The bloom', { kind: 'quiz' }),
        ],
        notes: [
          { where: 'imsmanifest.xml#res-14', detail: 'A discussion forum has no place here and was left out.' },
          { where: 'quiz-2.xml', detail: 'The questions of “The bloom” were not taken over.' },
        ],
      },
    },
  ),
  taught(course(702, 'roasting', 'Roasting, from the farm on'), []),
  taught(course(703, 'tea', 'Tea for coffee people', { state: 'archived', version: 4, lessons: 12, minutes: 95 }), [
    node('leaf', null, 'A leaf'),
  ]),
  taught(course(704, 'strange', `${long} ☕️ \u202Eesrever`, { state: 'published', version: 1, lessons: 4 }), [
    unit('teil', null, 'Abschnitt mit einem Namen', long),
    unit('tief-1', 'teil', 'Woche', 'Tief'),
    unit('tief-2', 'tief-1', 'Woche', 'Tiefer'),
    unit('tief-3', 'tief-2', 'Woche', 'Am tiefsten'),
    node('ganz-unten', 'tief-3', `${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)}`, { minutes: 600 }),
    node('hebrew', 'teil', 'שיעור ראשון: מים'),
    node('override', 'teil', 'left\u202Ethgir', { kind: 'video' }),
    node('emoji', null, '👩🏽‍🚀☕️'),
  ]),
];

/** A course of 2,000 units and lessons: what a busy academy comes to. */
export function longCourse(): Taught[] {
  const phases = Array.from({ length: 4 }, (_, phase) => [
    unit(`phase-${phase}`, null, 'Phase', `Phase ${phase}`),
    ...Array.from({ length: 12 }, (_, at) => [
      unit(`week-${phase}-${at}`, `phase-${phase}`, 'Week', `Week ${at}`),
      ...Array.from({ length: 40 }, (_, lesson) =>
        node(`lesson-${phase}-${at}-${lesson}`, `week-${phase}-${at}`, `Lesson ${lesson} of week ${at}`, {
          minutes: 12,
          markdown: text,
        }),
      ),
    ]).flat(),
  ]).flat();
  return [taught(course(705, 'long', 'Two thousand steps'), phases.slice(0, 2000))];
}
