import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Contest } from './contest-parts.ts';
import { type Running, running, type Staff } from './editor.ts';
import { rowsOf, type Scenario } from './scenario.ts';
import { uuid } from './time.ts';

type Body = Record<string, unknown>;
interface Reply {
  status: number;
  body: unknown;
}

const now = () => new Date().toISOString();
const ok = (body: unknown, status = 200): Reply => ({ status, body });
const problem = (
  status: number,
  code: string,
  detail: string,
  errors?: { pointer: string; detail: string }[],
): Reply => ({
  status,
  body: { type: `urn:laurel:problem:${code}`, title: code, status, code, detail, ...(errors && { errors }) },
});

/** What the API would refuse of settings, by three of its rules. */
function refused(body: Body): Reply | undefined {
  const prizes = (body.prizes ?? []) as { winners: number }[];
  const many = prizes.findIndex(({ winners }) => winners > 1000);
  if (many >= 0) {
    const errors = [{ pointer: `#/prizes/${many}/winners`, detail: 'must be at most 1000' }];
    return problem(422, 'validation_failed', 'The request does not match the contract.', errors);
  }
  if (body.kind === 'league' && body.period === 'contest') {
    const detail = 'must be day, week or month: a league goes up and down after each';
    return problem(422, 'contest_invalid', `"period" ${detail}.`, [{ pointer: '#/period', detail }]);
  }
  return undefined;
}

function create(staff: Staff, body: Body): Reply {
  if (staff.running.some(({ contest }) => contest.slug === body.slug)) {
    return problem(409, 'slug_taken', `The slug "${body.slug}" is taken: choose another one.`);
  }
  const bad = refused(body);
  if (bad) return bad;
  const contest = {
    ...body,
    id: uuid(900 + staff.running.length),
    rulesVersion: 1,
    createdAt: now(),
    updatedAt: now(),
  } as unknown as Contest;
  staff.running.unshift(running(contest));
  return ok(contest, 201);
}

function move(one: Running, to: Contest['state'], note: string | null, changes: Partial<Contest> = {}): Reply {
  one.history.push({ from: one.contest.state, to, note, actor: 'staff:Ida', at: now() });
  one.contest = { ...one.contest, ...changes, state: to };
  return ok(one.contest);
}

function update(one: Running, { state, ...body }: Body): Reply {
  const bad = refused({ ...one.contest, ...body });
  if (bad) return bad;
  one.contest = { ...one.contest, ...body };
  return state ? move(one, state as Contest['state'], null) : ok(one.contest);
}

function disqualify(one: Running, { entryId, reason }: Body): Reply {
  if (one.disqualifications.some((each) => each.entryId === entryId)) {
    return problem(409, 'already_disqualified', 'The entrant is disqualified already.');
  }
  const made = {
    number: one.disqualifications.length + 1,
    entryId: `${entryId}`,
    reason: `${reason}`,
    at: now(),
    previousHash: '0'.repeat(64),
    hash: 'e'.repeat(64),
  };
  one.disqualifications.push(made);
  one.winners = one.winners.map((each) => (each.entryId === entryId ? { ...each, state: 'disqualified' } : each));
  return ok(made, 201);
}

const writes: Record<string, (one: Running, body: Body) => Reply> = {
  'PATCH ': update,
  'POST /pause': (one, { note }) => move(one, 'paused', `${note}`),
  'POST /resume': (one, { note }) => move(one, 'live', `${note}`),
  'POST /extend': (one, { note, endsAt }) => move(one, one.contest.state, `${note}`, { endsAt: `${endsAt}` }),
  'POST /disqualifications': disqualify,
  'POST /results/publish': (one) => {
    one.published = true;
    return ok(one.draw);
  },
  'POST /draw/numbers': (one, { numbers }) => {
    one.draw = { ...one.draw, numbers: numbers as string[][], randomness: 'f'.repeat(64) };
    return ok(one.draw);
  },
};

const reads: Record<string, (one: Running, scenario: Scenario) => unknown> = {
  '': ({ contest }) => contest,
  '/history': ({ history }) => ({ items: history }),
  '/draw': ({ draw }) => draw,
  '/results': ({ contest, published }) => ({ contest: contest.slug, state: contest.state, published, items: [] }),
  '/winners': ({ winners }) => ({ items: winners, nextCursor: null }),
  '/disqualifications': ({ disqualifications }) => ({ items: disqualifications, nextCursor: null }),
  '/leaderboard': ({ contest, disqualifications }, scenario) => {
    const rows = rowsOf(scenario);
    const { startsAt, endsAt, state } = contest;
    const gone = new Set(state === 'live' ? disqualifications.map(({ entryId }) => entryId) : []);
    return {
      ...{ window: 'all', startsAt, endsAt, state, seq: 100, participants: rows.length, hidden: false },
      items: rows.filter(({ id }) => !gone.has(id)).slice(0, 10),
      nextCursor: null,
    };
  },
};

/** Answers staff, by what the scenario knows of contests; changes stay. */
export function replyTo(method: string, path: string, body: Body, scenario: Scenario): Reply {
  const staff = scenario.staff as Staff;
  if (path === '/contests') {
    if (method === 'POST') return create(staff, body);
    return ok({ items: staff.running.map(({ contest }) => contest), nextCursor: null });
  }
  const lapsed = /^\/winners\/([^/]+)\/lapse$/.exec(path)?.[1];
  const [, reference = '', rest = ''] = /^\/contests\/([^/]+)(.*)$/.exec(path) ?? [];
  const one = staff.running.find(({ contest, winners }) =>
    lapsed ? winners.some(({ id }) => id === lapsed) : contest.id === reference || contest.slug === reference,
  );
  if (!one) return problem(404, 'contest_not_found', 'There is no such contest.');
  if (lapsed) {
    one.winners = one.winners.map((each) => (each.id === lapsed ? { ...each, state: 'lapsed' } : each));
    return ok(one.winners.find(({ id }) => id === lapsed));
  }
  if (method !== 'GET') return writes[`${method} ${rest}`]?.(one, body) ?? problem(404, 'route_not_found', rest);
  const read = reads[rest];
  return read ? ok(read(one, scenario)) : problem(404, 'route_not_found', rest);
}

/** The same over HTTP; files as text. */
export async function answerStaff(
  request: IncomingMessage,
  url: URL,
  path: string,
  scenario: Scenario,
  response: ServerResponse,
): Promise<void> {
  const open = request.method === 'GET' && /^\/contests\/[^/]+(\/(leaderboard|results|history|draw))?$/.test(path);
  if (!open && !/^Bearer token/.test(request.headers.authorization ?? '')) {
    response.writeHead(401, { 'content-type': 'application/problem+json' }).end('{"code":"unauthenticated"}');
    return;
  }
  if (/\.(csv|html)$|evidence\.json$/.test(url.pathname)) {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('rank,name,score\n1,Mira,412\n');
    return;
  }
  let text = '';
  for await (const piece of request) text += piece;
  const { status, body } = replyTo(request.method ?? 'GET', path, JSON.parse(text || '{}'), scenario);
  response
    .writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
    .end(JSON.stringify(body));
}
