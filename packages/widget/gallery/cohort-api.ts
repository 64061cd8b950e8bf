import type { Api } from '@laurelkit/sdk/client';
import { crowd, strange } from './people.ts';
import { at, day, uuid } from './time.ts';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;
export type Learner = Answer<Api['insight']['learners']>['items'][number];
type FunnelStep = Answer<Api['insight']['funnel']>['steps'][number];
type HeatMap = Answer<Api['insight']['heatMap']>;
type ProgressEvent = Answer<Api['progress']['events']>['items'][number];
type Enrolment = Answer<Api['enrolments']['get']>;

/** Those who learn, and how far they are. */
export interface Learning {
  learners: Learner[];
  steps: FunnelStep[];
  heat: HeatMap | null;
}

const minute = 60_000;
const lessons = [
  ['welcome', 'Welcome'],
  ['why-water', 'Why water matters'],
  ['grinding', 'Grinding, seen slowly'],
  ['first-quiz', 'What did you taste?'],
  ['steam', 'Steam'],
  ['latte-live', 'Latte art, together'],
] as const;

const learner = (name: string, index: number): Learner => {
  const percent = Math.max(0, 100 - index * 3);
  return {
    enrolment: uuid(3000 + index),
    participant: uuid(4000 + index),
    externalId: `customer-${index}`,
    name: index % 9 === 5 ? null : name,
    cohort: index % 3 === 0 ? 'spring' : index % 3 === 1 ? 'weekend' : null,
    version: index % 7 === 6 ? 1 : 2,
    percent,
    lesson: percent === 0 ? null : (lessons[Math.min(5, Math.floor(percent / 18))]?.[0] ?? null),
    lastActiveAt: percent === 0 ? null : at(-(index * index * 7 + 3) * minute),
    enrolledAt: at(-20 * day),
    completedAt: percent === 100 ? at(-day) : null,
    suspect: index === 2 || index === 11,
  };
};

const bars = Array.from({ length: 52 }, (_, bar) => Math.round(70 - bar * 0.7 + (bar > 18 && bar < 24 ? 22 : 0)));

/** So many learners of the barista course, of every kind. */
export const learningOf = (names: string[]): Learning => ({
  learners: names.map(learner),
  steps: lessons.map(([lesson, title], place) => ({
    ...{ lesson, title, learners: names.length, medianMinutes: place === 5 ? null : 4 + place * 5 },
    started: Math.round(names.length * (1 - place * 0.16)),
    done: Math.round(names.length * (0.94 - place * 0.17)),
    here: Math.round(names.length * (1 - place * 0.16)) - Math.round(names.length * (0.94 - place * 0.17)),
  })),
  heat: {
    ...{ lesson: 'grinding', lengthMs: 524_000, viewers: names.length, barMs: Math.ceil(524_000 / 52) },
    viewersOf: bars.map((bar) => Math.min(names.length, Math.round((bar * names.length) / 100))),
    playsOf: bars.map((bar, place) => Math.round((bar * names.length) / 100) + (place > 18 && place < 24 ? 31 : 2)),
  },
});

/** Scenarios of those who learn. */
export const learnings = {
  many: () => learningOf(crowd(64).map(([name]) => name)),
  strange: () => learningOf(strange.map(([name]) => name)),
  none: (): Learning => ({
    learners: [],
    steps: lessons.map(([lesson, title]) => ({
      lesson,
      title,
      learners: 0,
      started: 0,
      done: 0,
      here: 0,
      medianMinutes: null,
    })),
    heat: {
      lesson: 'grinding',
      lengthMs: 524_000,
      viewers: 0,
      barMs: 10_077,
      viewersOf: bars.map(() => 0),
      playsOf: bars.map(() => 0),
    },
  }),
};

const event = (of: Learner, index: number): ProgressEvent => ({
  ...{ id: uuid(5000 + index), enrolment: of.enrolment, lesson: lessons[index % 3]?.[0] ?? 'welcome' },
  kind: (['viewed', 'watched', 'spent', 'position'] as const)[index % 4] ?? 'viewed',
  ...{
    occurredAt: at(-(index * 11 + 4) * minute),
    receivedAt: at(-(index * 11 + 3) * minute),
    timeZone: 'Europe/Lisbon',
  },
  ...{ day: '2030-03-02', device: 'phone', name: null, score: null },
  segments: index % 4 === 1 ? [[0, 92_000]] : [],
  positionMs: index % 4 === 3 ? 92_000 : null,
  suspect: of.suspect && index === 1,
});

const enrolmentOf = (of: Learner, changes: Partial<Enrolment> = {}): Enrolment => ({
  ...{ id: of.enrolment, course: 'barista', participant: of.participant, cohort: of.cohort, state: 'active' },
  ...{ position: null, price: null, payBy: null, version: of.version, timeZone: 'Europe/Lisbon', percent: of.percent },
  ...{ completedAt: of.completedAt, enrolledAt: of.enrolledAt, updatedAt: at(0), ...changes },
});

const outlineOf = (): Answer<Api['lessons']['outline']> => ({
  ...{ course: 'barista', name: 'Barista in twelve weeks', version: 2, enrolled: false, percent: 0 },
  nodes: lessons.map(([id, title]) => ({
    ...{ id, title, parent: null, type: 'lesson', summary: null, label: null, minutes: null, required: true },
    kind: id === 'grinding' || id === 'steam' ? 'video' : 'page',
    ...{ choose: null, state: 'open', percent: 0, locks: [], opensAt: null, startsAt: null, completedAt: null },
  })),
});

const streak = { current: 0, longest: 0, today: false, freezes: 0, days: [] };

function list(query: URLSearchParams, { learners }: Learning) {
  const q = (query.get('q') ?? '').toLowerCase();
  const cohort = query.get('cohort');
  const sort = query.get('sort');
  const found = learners
    .filter((each) => `${each.name ?? ''} ${each.externalId}`.toLowerCase().includes(q))
    .filter((each) => !cohort || each.cohort === cohort);
  if (sort === 'percent') found.sort((a, b) => b.percent - a.percent);
  if (sort === 'name') found.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  const offset = Number(query.get('cursor') ?? 0);
  const end = offset + Number(query.get('limit') ?? 20);
  return { items: found.slice(offset, end), nextCursor: end < found.length ? `${end}` : null };
}

/** Answers staff about those who learn; `undefined` for anything else. */
export function answerCohort(
  method: string,
  path: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
  learning: Learning,
): { status: number; body: unknown } | undefined {
  const ok = (answer: unknown, status = 200) => ({ status, body: answer });
  const no = (status: number, code: string, detail: string) => ({ status, body: { code, detail, status } });
  if (/^\/courses\/[^/]+\/outline$/.test(path)) return ok(outlineOf());
  if (/^\/courses\/[^/]+\/learners$/.test(path)) return ok(list(query, learning));
  if (/^\/courses\/[^/]+\/funnel$/.test(path)) {
    const { learners, steps } = learning;
    return ok({
      learners: learners.length,
      completed: learners.filter(({ completedAt }) => completedAt).length,
      steps,
    });
  }
  if (/\/heat-map$/.test(path)) {
    return learning.heat ? ok(learning.heat) : no(404, 'lesson_not_found', 'That lesson has no video.');
  }
  if (/^\/courses\/[^/]+\/complete$/.test(path)) {
    const of = learning.learners.find(({ participant }) => participant === body.participant);
    if (!of) return no(404, 'participant_not_found', 'There is nobody by that id.');
    of.percent = Math.min(100, of.percent + 10);
    return ok({
      ...{ enrolment: of.enrolment, course: 'barista', version: of.version, percent: of.percent, completedAt: null },
      ...{ lessonsDone: 3, lessons: 6, next: null, nodes: [], streak, seq: 12 },
    });
  }
  if (method === 'POST' && /^\/courses\/[^/]+\/enroll$/.test(path)) {
    if (`${body.participant}`.startsWith('nobody'))
      return no(404, 'participant_not_found', 'There is nobody by that id.');
    const made = {
      ...learner('', 60),
      enrolment: uuid(3900),
      externalId: `${body.participant}`,
      percent: 0,
      completedAt: null,
    };
    const now = {
      ...made,
      name: null,
      lesson: null,
      lastActiveAt: null,
      cohort: (body.cohort as string) ?? null,
      suspect: false,
    };
    learning.learners.unshift(now);
    return ok(enrolmentOf(now));
  }
  const [, id, deed] = /^\/enrolments\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  if (!id) return undefined;
  const of = learning.learners.find(({ enrolment }) => enrolment === id);
  if (!of) return no(404, 'enrolment_not_found', 'There is no such enrolment.');
  if (deed === 'events') {
    const events = of.percent === 0 ? [] : Array.from({ length: 9 }, (_, index) => event(of, index));
    return ok({ items: events, nextCursor: null });
  }
  if (deed === 'cancel') {
    learning.learners = learning.learners.filter((each) => each !== of);
    return ok(enrolmentOf(of, { state: 'cancelled' }));
  }
  if (deed === 'move') {
    of.cohort = (body.cohort as string | null) ?? null;
    return ok(enrolmentOf(of));
  }
  return ok(enrolmentOf(of));
}
