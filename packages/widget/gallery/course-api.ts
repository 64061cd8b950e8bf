import type { Api } from '@laurelkit/sdk/client';
import { type Planned, phases } from './course-nodes.ts';
import { everyBlock, strangeBlocks } from './course-text.ts';
import { type Course, enrolmentOf, type Learn, lessonsInOrder } from './courses.ts';
import { strange } from './people.ts';
import type { Reply } from './referral-api.ts';
import { at, day, uuid } from './time.ts';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;
type Node = Answer<Api['lessons']['outline']>['nodes'][number];
type Lesson = Answer<Api['lessons']['get']>;
type Progress = Answer<Api['progress']['get']>;
type Row = Answer<Api['insight']['board']>['rows'][number];

const ok = (body: unknown, status = 200): Reply => ({ status, body });
const no = (status: number, code: string): Reply => ({ status, code });

/** The course began so many days ago: each week opens seven days after the one before. */
const begunDaysAgo = 23;
const opening = (week: number) => at((week * 7 - begunDaysAgo) * day);
const learnsHere = ({ enrolments, staff }: Learn) =>
  !staff && enrolments.some(({ course, state }) => course === 'roasting' && state === 'active');

const nodeOf = (changes: Partial<Node> & Pick<Node, 'id' | 'title' | 'type'>): Node => ({
  ...{ parent: null, summary: null, label: null, kind: null, minutes: null, required: true, choose: null },
  ...{ state: 'open', percent: 0, locks: [], opensAt: null, startsAt: null, completedAt: null },
  ...changes,
});

function lessonNode(learn: Learn, parent: string, week: number, planned: Planned): Node {
  const { id, title, kind, minutes, required = true, after } = planned;
  const node = nodeOf({ id, title, kind, minutes, required, parent, type: 'lesson' });
  if (kind === 'live') node.startsAt = at((week * 7 + 5 - begunDaysAgo) * day);
  if (learn.done.has(id)) return { ...node, state: 'done', percent: 100, completedAt: at(-day) };
  if (learn.staff) return node;
  const locks: Node['locks'] = [];
  const lock = { node: null, title: null, atLeast: null, opensAt: null };
  if (!learnsHere(learn)) locks.push({ ...lock, kind: 'not_enrolled' });
  else if (Date.parse(opening(week)) > Date.now()) locks.push({ ...lock, kind: 'date', opensAt: opening(week) });
  if (after && !learn.done.has(after) && learnsHere(learn)) {
    const title = lessonsInOrder.find((each) => each.id === after)?.title ?? after;
    locks.push({ ...lock, kind: 'completed', node: after, title });
  }
  if (locks.length > 0) {
    const opensAt = locks.find((each) => each.kind === 'date')?.opensAt ?? null;
    return { ...node, state: 'locked', locks, opensAt };
  }
  return learn.begun === id ? { ...node, state: 'started', percent: 43 } : node;
}

/** A unit of what is in it: done when all is, locked when all is. */
function unitNode(id: string, parent: string | null, label: string, title: string, inside: readonly Node[]): Node {
  const counted = inside.filter(({ type, required }) => type === 'lesson' && required);
  const done = counted.filter(({ state }) => state === 'done').length;
  const first = inside.find(({ type }) => type === 'lesson');
  const locked = counted.every(({ state, locks }) => state === 'locked' && locks[0]?.kind === first?.locks[0]?.kind);
  const state = done === counted.length ? 'done' : locked ? 'locked' : done > 0 ? 'started' : 'open';
  const opensAt = state === 'locked' ? (first?.opensAt ?? null) : null;
  const percent = Math.floor((100 * done) / Math.max(1, counted.length));
  const locks = state === 'locked' ? (first?.locks.slice(0, 1) ?? []) : [];
  return nodeOf({ id, parent, label, title, type: 'unit', state, percent, locks, opensAt });
}

function nodesOf(learn: Learn): Node[] {
  if (learn.lessons === 'none') return [];
  const all = phases.flatMap((phase, index) => {
    const weeks = phase.weeks.flatMap((week, at) => {
      const number = index * 4 + at;
      const lessons = week.lessons.map((planned) => lessonNode(learn, week.id, number, planned));
      return [unitNode(week.id, phase.id, `Week ${number + 1}`, week.title, lessons), ...lessons];
    });
    return [unitNode(phase.id, null, `Phase ${index + 1}`, phase.title, weeks), ...weeks];
  });
  if (learn.lessons !== 'strange') return all;
  return all.map((node, index) => ({ ...node, title: strange[index % strange.length]?.[0] ?? node.title }));
}

function progressOf(learn: Learn): Progress {
  const nodes = nodesOf(learn);
  const lessons = nodes.filter(({ type, required }) => type === 'lesson' && required);
  const done = lessons.filter(({ state }) => state === 'done');
  const all = lessons.length > 0 && done.length === lessons.length;
  const next = lessons.find(({ state }) => state === 'open' || state === 'started');
  const own = learn.enrolments.find(({ course }) => course === 'roasting') ?? enrolmentOf();
  return {
    enrolment: own.id,
    course: 'roasting',
    version: 3,
    percent: all ? 100 : Math.floor((100 * done.length) / Math.max(1, lessons.length)),
    completedAt: all ? (own.completedAt ?? at(0)) : null,
    lessonsDone: done.length,
    lessons: lessons.length,
    next: next ? { lesson: next.id, title: next.title, minutes: next.minutes } : null,
    nodes: nodes.map(({ id, state, percent, completedAt }) => ({ id, state, percent, completedAt, positionMs: null })),
    streak: learn.streak,
    seq: learn.seq,
  };
}

const urls: Partial<Record<Lesson['kind'], string>> = {
  embed: 'https://origin.example/game',
  download: 'https://files.fernway.example/sheet.pdf',
  live: 'https://meet.example/roasting',
  external: 'https://faults.example/finder',
};

function lessonOf(learn: Learn, id: string): Reply {
  const nodes = nodesOf(learn).filter(({ type }) => type === 'lesson');
  const place = nodes.findIndex((each) => each.id === id);
  const node = nodes[place];
  const planned = lessonsInOrder.find((each) => each.id === id);
  if (!node || !planned) return no(404, 'lesson_not_found');
  if (!learnsHere(learn)) return no(403, 'not_enrolled');
  if (node.state === 'locked') return no(409, 'lesson_locked');
  const kind = node.kind ?? 'page';
  const lesson: Lesson = {
    course: 'roasting',
    ...{ id, title: node.title, summary: node.summary, kind, minutes: node.minutes },
    blocks: learn.text === 'strange' ? strangeBlocks : kind === 'page' ? everyBlock : everyBlock.slice(0, 1),
    video:
      kind === 'video'
        ? {
            ...{ provider: 'file', url: '/film.mp4', lengthMs: 840_000, posterUrl: null, captions: [] },
            chapters: [{ id: 'start', title: 'The start', fromMs: 0, toMs: 120_000 }],
          }
        : null,
    url: urls[kind] ?? null,
    startsAt: node.startsAt,
    endsAt: node.startsAt && new Date(Date.parse(node.startsAt) + 5_400_000).toISOString(),
    todo: node.state === 'done' ? [] : planned.todo,
    state: node.state,
    completedAt: node.completedAt,
    positionMs: null,
    watched: [],
    previous: nodes[place - 1]?.id ?? null,
    next: nodes[place + 1]?.id ?? null,
  };
  return ok(lesson);
}

const rowOf = (rank: number, name: string, percent: number, self = false): Row => ({
  ...{ rank, name, percent, self },
  completedAt: percent === 100 ? at(-day) : null,
});

function boardOf(learn: Learn) {
  const { percent } = progressOf(learn);
  const names =
    learn.lessons === 'strange' ? strange.map(([name]) => name) : ['Mira', 'Joaquim', 'Nadia', 'Quiet heron'];
  return {
    learners: 31,
    rows: names.map((name, at) => rowOf(at + 1, name, 100 - at * 7)),
    own: rowOf(17, 'Ines', percent, true),
  };
}

const matches = ({ name, description, tags }: Course, words: string, tag: string) =>
  (!tag || tags.includes(tag)) && `${name} ${description}`.toLowerCase().includes(words.toLowerCase());

/** What the scripted API answers about courses, by route; `undefined` for other routes. */
export function answerCourse(learn: Learn, path: string, query: URLSearchParams, signedIn: boolean): Reply | undefined {
  if (path === '/courses') {
    const found = learn.courses.filter((each) => matches(each, query.get('q') ?? '', query.get('tag') ?? ''));
    const limit = Number(query.get('limit') ?? 20);
    const from = Number(query.get('cursor') ?? 0);
    const nextCursor = from + limit < found.length ? String(from + limit) : null;
    return ok({ items: found.slice(from, from + limit), nextCursor });
  }
  if (path === '/enrolments') {
    if (!signedIn) return no(401, 'unauthenticated');
    const course = query.get('course');
    return ok({ items: learn.enrolments.filter((each) => !course || each.course === course), nextCursor: null });
  }
  if (path === '/streak' && signedIn) return learn.staff ? no(404, 'participant_not_found') : ok(learn.streak);
  const [, slug = '', rest = ''] = /^\/courses\/([^/]+)(.*)$/.exec(path) ?? [];
  const course = learn.courses.find((each) => each.slug === slug || each.id === slug);
  if (!slug) return undefined;
  if (!course) return no(404, 'course_not_found');
  if (!rest) return ok(course);
  if (rest === '/cohorts') return ok({ items: learn.cohorts, nextCursor: null });
  if (rest === '/outline') {
    if (learn.lessons === 'none' && course.version === null) return no(409, 'course_not_published');
    const enrolled = signedIn && learnsHere(learn);
    const seen = signedIn ? learn : { ...learn, done: new Set<string>(), begun: null, enrolments: [] };
    const { percent } = progressOf(seen);
    return ok({ course: slug, name: course.name, version: 3, enrolled, percent, nodes: nodesOf(seen) });
  }
  if (!signedIn) return no(401, 'unauthenticated');
  if (learn.staff && rest === '/progress') return no(404, 'participant_not_found');
  if (!learnsHere(learn)) return no(403, 'not_enrolled');
  if (rest === '/progress') return ok(progressOf(learn));
  if (rest === '/board') return ok(boardOf(learn));
  const lesson = /^\/lessons\/([^/]+)$/.exec(rest)?.[1];
  return lesson ? lessonOf(learn, lesson) : undefined;
}

/** Changes by learners; they stay. */
export function writeCourse(
  learn: Learn,
  path: string,
  body: Record<string, unknown>,
  signedIn: boolean,
): Reply | undefined {
  const [, kind = '', reference = '', rest = ''] = /^\/(courses|enrolments)\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (!kind) return undefined;
  if (!signedIn) return no(401, 'unauthenticated');
  if (learn.refuse) return no(409, learn.refuse);
  if (rest === 'enroll') {
    const course = learn.courses.find(({ slug, id }) => slug === reference || id === reference);
    if (!course) return no(404, 'course_not_found');
    const state = course.seatsLeft === 0 ? 'waiting' : course.price ? 'unpaid' : 'active';
    const made = enrolmentOf({
      ...{ id: uuid(390 + learn.enrolments.length), course: course.slug, state, price: course.price },
      ...{ position: state === 'waiting' ? 5 : null, payBy: state === 'unpaid' ? at(day) : null },
      cohort: (body.cohort as string | undefined) ?? null,
    });
    learn.enrolments = [...learn.enrolments.filter((each) => each.course !== course.slug), made];
    return ok(made);
  }
  if (rest === 'cancel') {
    const gone = learn.enrolments.find(({ id }) => id === reference);
    if (!gone) return no(404, 'enrolment_not_found');
    learn.enrolments = learn.enrolments.filter((each) => each !== gone);
    return ok({ ...gone, state: 'cancelled', position: null });
  }
  if (rest === 'checkout') return ok({ url: 'https://pay.example/session', expiresAt: at(day) });
  if (rest === 'complete') {
    if (learn.stubborn) return no(409, 'completion_not_allowed');
    learn.done.add(`${body.lesson}`);
    learn.seq += 1;
    return ok(progressOf(learn));
  }
  if (rest !== 'progress') return undefined;
  const events = body.events as { id: string; kind: string; lesson: string }[];
  const completed: string[] = [];
  for (const { kind: what, lesson } of events) {
    const planned = lessonsInOrder.find(({ id }) => id === lesson);
    if (what !== 'viewed' || learn.done.has(lesson) || planned?.todo[0]?.kind !== 'viewed') continue;
    learn.done.add(lesson);
    completed.push(lesson);
  }
  learn.seq += 1;
  const { percent, completedAt, seq } = progressOf(learn);
  const outcomes = events.map(({ id }) => ({ id, outcome: 'recorded', code: null }));
  return ok({ outcomes, percent, completedAt, completed, seq });
}

/** What the live stream says of the visitor’s progress. */
export const progressMessage = (learn: Learn) => {
  const { percent, completedAt, seq } = progressOf(learn);
  return { topic: 'course:roasting', course: 'roasting', seq, percent, completedAt };
};
