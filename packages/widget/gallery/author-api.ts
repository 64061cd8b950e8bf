import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Block, Cohort, Course, CourseNode, Draft } from '../src/author/node.ts';
import type { Taught } from './author-courses.ts';
import { answerCohort } from './cohort-api.ts';
import type { Scenario } from './scenario.ts';
import { uuid } from './time.ts';

type Body = Record<string, unknown>;
interface Reply {
  status: number;
  body: unknown;
}

const now = () => new Date().toISOString();
const ok = (body: unknown, status = 200): Reply => ({ status, body });
const problem = (status: number, code: string, detail: string): Reply => ({
  status,
  body: { type: `urn:laurel:problem:${code}`, title: code, status, code, detail },
});

/** Two of the faults that the API finds in a draft. */
function faultsOf(nodes: readonly CourseNode[]): Draft['faults'] {
  return nodes.flatMap((node, place) => {
    const missing =
      node.opens?.kind === 'completed' && !nodes.some(({ id }) => id === (node.opens as { node: string }).node);
    return [
      ...(node.kind === 'video' && !node.video
        ? [{ pointer: `/nodes/${place}/video`, detail: 'A video lesson needs a video.' }]
        : []),
      ...(missing ? [{ pointer: `/nodes/${place}/opens`, detail: 'It waits for a lesson that is not there.' }] : []),
    ];
  });
}

const block = (kind: Block['kind'], text: string, changes: Partial<Block> = {}): Block => ({
  ...{ kind, level: 0, number: null, checked: null, language: null, src: null, cells: [], header: false },
  runs: runsOf(text),
  ...changes,
});

function runsOf(text: string): Block['runs'] {
  return text
    .split(/(\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/)
    .filter(Boolean)
    .map((part) => {
      const [, words, href] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? [];
      if (words && href) return { text: words, marks: [], href };
      const strong = /^\*\*([^*]+)\*\*$/.exec(part)?.[1];
      return { text: strong ?? part, marks: strong ? (['strong'] as const).slice() : [], href: null };
    });
}

/** As much of Markdown as the gallery shows. */
export function render(markdown: string): Block[] {
  let header = true;
  return markdown.split('\n').flatMap((line): Block[] => {
    if (!line.trim() || /^\| ?---/.test(line)) return [];
    const [, marks = '', title = ''] = /^(#{1,6}) (.*)/.exec(line) ?? [];
    if (marks) return [block('heading', title, { level: marks.length })];
    const [, box, item] = /^- (?:\[([ x])\] )?(.*)/.exec(line) ?? [];
    if (item !== undefined) return [block('item', item, { level: 1, checked: box === undefined ? null : box === 'x' })];
    if (line.startsWith('> ')) return [block('quote', line.slice(2), { level: 1 })];
    if (!line.startsWith('|')) return [block('paragraph', line)];
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => runsOf(cell.trim()));
    const row = block('row', '', { runs: [], cells, header });
    header = false;
    return [row];
  });
}

function create(all: Taught[], body: Body): Reply {
  if (all.some(({ course }) => course.slug === body.slug)) {
    return problem(409, 'slug_taken', `The slug "${body.slug}" is taken: choose another one.`);
  }
  const course = {
    ...{
      id: uuid(750 + all.length),
      seatsLeft: body.seats ?? null,
      state: 'draft',
      version: null,
      lessons: 0,
      minutes: 0,
    },
    ...{ createdAt: now(), updatedAt: now() },
    ...body,
  } as unknown as Course;
  const draft = { course: course.slug, revision: 0, nodes: [], faults: [], retired: [], updatedAt: now() };
  const [first] = all as [Taught];
  all.unshift({ ...first, course, draft, versions: [], cohorts: [] });
  return ok(course, 201);
}

function save(one: Taught, { revision, nodes }: Body): Reply {
  if (revision !== one.draft.revision) {
    return problem(409, 'draft_conflict', 'The draft was changed meanwhile: read it again.');
  }
  const next = nodes as CourseNode[];
  // All that was there counts as published.
  const gone = [...one.draft.nodes, ...one.draft.retired].filter(({ id }) => !next.some((node) => node.id === id));
  const retired = gone.map(({ id, type }) => ({ id, type }));
  const saved = { nodes: next, faults: faultsOf(next), retired, updatedAt: now() };
  one.draft = { ...one.draft, ...saved, revision: one.draft.revision + 1 };
  return ok(one.draft);
}

function publish(one: Taught, { revision, note }: Body): Reply {
  if (revision !== one.draft.revision) return problem(409, 'draft_conflict', 'The draft was changed meanwhile.');
  const version = (one.course.version ?? 0) + 1;
  const lessons = one.draft.nodes.filter(({ type }) => type === 'lesson').length;
  one.course = { ...one.course, version, state: 'published', lessons };
  const made = {
    course: one.course.slug,
    version,
    note: (note as string) ?? null,
    lessons,
    learners: 0,
    publishedAt: now(),
  };
  one.versions.unshift(made);
  return ok(made, 201);
}

function addCohort(one: Taught, body: Body): Reply {
  if (one.cohorts.some(({ slug }) => slug === body.slug)) return problem(409, 'slug_taken', 'That slug is taken.');
  const made = { id: uuid(790 + one.cohorts.length), course: one.course.slug, learners: 0, createdAt: now(), ...body };
  one.cohorts.push({ ...made, seatsLeft: body.seats ?? null } as unknown as Cohort);
  return ok(one.cohorts.at(-1), 201);
}

const deeds: Record<string, (one: Taught, body: Body) => Reply> = {
  'PATCH ': (one, body) => {
    one.course = { ...one.course, ...body };
    return ok(one.course);
  },
  'PUT /draft': save,
  'POST /publish': publish,
  'POST /cohorts': addCohort,
  'GET ': ({ course }) => ok(course),
  'GET /draft': (one) => ok({ ...one.draft, faults: faultsOf(one.draft.nodes) }),
  'GET /draft/preview': (one) => ok({ ...one.migration, revision: one.draft.revision }),
  'GET /versions': ({ versions }) => ok({ items: versions, nextCursor: null }),
  'GET /cohorts': ({ cohorts }) => ok({ items: cohorts, nextCursor: null }),
};

/** Answers an author by what the scenario knows of courses; changes stay. */
export function replyToAuthor(method: string, path: string, body: Body, all: Taught[]): Reply {
  if (path === '/courses/render') return ok({ blocks: render(`${body.markdown}`) });
  if (path === '/courses/convert') return ok(all[0]?.converted);
  if (path === '/courses') {
    if (method === 'POST') return create(all, body);
    return ok({ items: all.map(({ course }) => course), nextCursor: null });
  }
  const [, reference = '', rest = ''] = /^\/courses\/([^/]+)(.*)$/.exec(path) ?? [];
  const one = all.find(({ course }) => course.id === reference || course.slug === reference);
  if (!one) return problem(404, 'course_not_found', 'There is no such course.');
  const slug = /^\/cohorts\/(.+)$/.exec(rest)?.[1];
  if (slug) {
    one.cohorts = one.cohorts.map((each) => (each.slug === slug ? { ...each, ...body } : each));
    return ok(one.cohorts.find((each) => each.slug === slug));
  }
  return deeds[`${method} ${rest}`]?.(one, body) ?? problem(404, 'route_not_found', rest);
}

/** Somebody else saves the draft of the first course meanwhile. */
export function saveByOther(all: Taught[], id: string, title: string): void {
  const [one] = all;
  if (!one) return;
  const nodes = one.draft.nodes.map((node) => (node.id === id ? { ...node, title } : node));
  one.draft = { ...one.draft, revision: one.draft.revision + 1, nodes };
}

/** The same over HTTP; files as text. */
export async function answerAuthor(
  request: IncomingMessage,
  url: URL,
  path: string,
  scenario: Scenario,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: unknown) => {
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  };
  if (!/^Bearer token/.test(request.headers.authorization ?? '')) return send(401, { code: 'unauthenticated' });
  if (/\/export\//.test(path)) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('{"nodes":[]}');
    return;
  }
  let text = '';
  for await (const piece of request) text += piece;
  const body = path === '/courses/convert' ? {} : (JSON.parse(text || '{}') as Body);
  const taught = scenario.courses ?? [];
  const known =
    scenario.learning && answerCohort(request.method ?? 'GET', path, url.searchParams, body, scenario.learning);
  const reply = known ?? replyToAuthor(request.method ?? 'GET', path, body, taught);
  send(reply.status, reply.body);
}
