import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAuthor, saveByOther } from './author-api.ts';
import { answerContest, writeContest } from './contest-api.ts';
import { answerCourse, progressMessage, writeCourse } from './course-api.ts';
import { lessonsInOrder } from './courses.ts';
import { answerStaff } from './editor-api.ts';
import { answerOwn, type Reply, write } from './referral-api.ts';
import { answerReviews } from './reviews.ts';
import { ownOf, rewardOf } from './rewards.ts';
import { contestOf, programOf, rowsOf, type Scenario, scenarios } from './scenario.ts';
import { answerLecture, learnElsewhere } from './video-api.ts';

/** A scripted Laurel: one scenario, its listeners, and what a test changes. */
interface Instance {
  scenario: Scenario;
  seq: number;
  streams: Set<ServerResponse>;
}

const instances = new Map<string, Instance>();

function instanceOf(name: string): Instance | undefined {
  const make = scenarios[name.split('@')[0] ?? ''];
  if (!make) return undefined;
  const instance = instances.get(name) ?? { scenario: make(), seq: 100, streams: new Set() };
  instances.set(name, instance);
  return instance;
}

/** The answers of the API for a scenario, by route; what the contract's schemas are held against. */
export function answer(
  { scenario, seq }: Pick<Instance, 'scenario' | 'seq'>,
  path: string,
  query: URLSearchParams,
  signedIn: boolean,
) {
  const rows = rowsOf(scenario);
  const contest = contestOf(scenario.contest);
  const window = (query.get('window') ?? 'all') as 'all' | 'period';
  const board = {
    window,
    startsAt: contest.startsAt,
    endsAt: contest.endsAt,
    state: contest.state,
    seq,
    participants: rows.length,
    hidden: scenario.hidden ?? false,
  };
  const shown = scenario.hidden ? [] : window === 'all' ? rows : rows.slice(0, Math.ceil(rows.length / 3));
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('cursor') ?? 0);
  const end = offset + limit;
  if (/^\/contests\/[^/]+$/.test(path)) return contest;
  if (/^\/programs\/[^/]+$/.test(path)) return programOf(scenario.program);
  const invitation = answerOwn(scenario, path, query, signedIn);
  if (invitation) return invitation;
  if (/\/leaderboard$/.test(path)) {
    const nextCursor = end < shown.length ? String(end) : null;
    return {
      ...board,
      participants: window === 'all' ? rows.length : shown.length,
      items: shown.slice(offset, end),
      nextCursor,
    };
  }
  const about = answerContest(scenario, path, query, signedIn);
  if (about) return about;
  if (!signedIn) return undefined;
  if (/\/standing$/.test(path)) {
    const index = scenario.me === undefined ? -1 : shown.findIndex((row) => row.id === `b${(scenario.me ?? 0) + 1}`);
    const row = shown[index];
    const around = Number(query.get('around') ?? 5);
    return {
      ...board,
      standing: row
        ? {
            id: row.id,
            name: row.name,
            rank: row.rank,
            denseRank: row.denseRank,
            ordinal: row.ordinal,
            score: row.score,
            tiedWith: row.tiedWith,
          }
        : null,
      around: row ? shown.slice(Math.max(0, index - around), index + around + 1) : [],
    };
  }
  if (/^\/programs\/[^/]+\/me$/.test(path)) {
    if (scenario.own?.left) return { code: 'participation_left' };
    return {
      program: 'friends',
      referralCode: scenario.own?.referralCode ?? 'MIRA-7K2F',
      referralLink: `https://fernway.example/r/${scenario.own?.referralCode ?? 'MIRA-7K2F'}`,
      counts: scenario.counts ?? { clicks: 128, referrals: 37, qualified: 12, conversions: 19 },
      points: scenario.points ?? 230,
      referred: false,
    };
  }
  return undefined;
}

/** A live message that moves somebody up: what `GET /live` sends. */
export function step(instance: Instance, who: number, points: number) {
  const { people } = instance.scenario;
  const person = people[who];
  if (person) people[who] = [person[0], person[1] + points];
  const previousSeq = instance.seq;
  instance.seq += 1;
  const rows = rowsOf(instance.scenario);
  return {
    topic: 'contest:spring',
    contest: contestOf().id,
    previousSeq,
    seq: instance.seq,
    participants: rows.length,
    top: rows.slice(0, 10),
    changed: [`b${who + 1}`],
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const problem = (code: string, status: number) => ({ type: `urn:laurel:problem:${code}`, title: code, status, code });

function reply(response: ServerResponse, { status, body, code }: Reply): void {
  send(response, status, code ? problem(code, status) : body);
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text || '{}');
}

/** What a test may do to a scenario: `POST /do/{name}/{action}?…`. */
function act(instance: Instance, action: string, query: URLSearchParams): void {
  const broadcast = (event: string, data: unknown) => {
    for (const stream of instance.streams)
      stream.write(`id: ${instance.seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  if (action === 'score')
    broadcast('leaderboard', step(instance, Number(query.get('who')), Number(query.get('points'))));
  if (action === 'nonsense') {
    const { top, ...message } = step(instance, Number(query.get('who')), Number(query.get('points')));
    broadcast('leaderboard', { ...message, top: top.map((row) => ({ ...row, name: { type: 'img' }, score: 'many' })) });
  }
  if (action === 'me') {
    instance.scenario.counts = { clicks: 140, referrals: 41, qualified: 13, conversions: 21 };
    broadcast('me', { topic: 'program:friends', program: programOf().id });
  }
  if (action === 'reward') {
    instance.scenario.own ??= ownOf();
    const { wallet } = instance.scenario.own;
    wallet.rewards.unshift(rewardOf(0, { ruleName: 'Just now' }));
    wallet.balances[0] ??= { currency: 'EUR', held: 0, approved: 0, inPayout: 0, paid: 0 };
    wallet.balances[0].approved += 1000;
    broadcast('me', { topic: 'program:friends', program: programOf().id });
  }
  const { learn, lecture } = instance.scenario;
  if (action === 'elsewhere' && lecture) broadcast('progress', learnElsewhere(lecture, query));
  if (action === 'learn' && learn) {
    for (const { id } of lessonsInOrder.slice(0, Number(query.get('lessons')))) learn.done.add(id);
    learn.seq += 1;
    broadcast('progress', progressMessage(learn));
  }
  if (action === 'seat' && learn) {
    learn.enrolments = learn.enrolments.map((each) => ({ ...each, state: 'active', position: null, payBy: null }));
  }
  if (action === 'break') {
    instance.scenario.down = 'refuse';
    for (const stream of instance.streams) stream.destroy();
  }
  if (action === 'heal') delete instance.scenario.down;
  if (action === 'theirs') {
    saveByOther(instance.scenario.courses ?? [], query.get('id') ?? '', query.get('title') ?? '');
  }
  if (action === 'learn') {
    const learners = instance.scenario.learning?.learners ?? [];
    for (const learner of learners.slice(0, Number(query.get('n') ?? 1)))
      learner.percent = Math.min(100, learner.percent + 1);
    instance.seq += 1;
    broadcast('cohort', { topic: 'cohort:barista', course: 'barista', learners: learners.length, completed: 1 });
  }
  if (action === 'close') {
    instance.scenario.contest = { ...instance.scenario.contest, state: 'closed' };
    broadcast('leaderboard', step(instance, 0, 1));
  }
}

/** Serves `/s/{scenario}[@name]/…` as Laurel would, and `/do/…` for tests. */
export function serveApi(request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', 'http://gallery');
  const [, kind, name = '', ...rest] = url.pathname.split('/');
  if (kind !== 's' && kind !== 'do') return false;
  const instance = instanceOf(decodeURIComponent(name));
  if (!instance) send(response, 404, problem('route_not_found', 404));
  else if (kind === 'do') {
    act(instance, rest.join('/'), url.searchParams);
    send(response, 200, {});
  } else if (instance.scenario.down === 'hang') response.setTimeout(60_000);
  else if (instance.scenario.down) send(response, 503, problem('unavailable', 503));
  else if (rest[0] === 'live') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 500\nid: ${instance.seq}\n\n`);
    instance.streams.add(response);
    response.on('close', () => instance.streams.delete(response));
  } else if (instance.scenario.staff && rest[0] !== 'programs') {
    void answerStaff(request, url, `/${rest.join('/')}`, instance.scenario, response);
  } else if (instance.scenario.lecture && rest[0] === 'courses') {
    const { lecture } = instance.scenario;
    void bodyOf(request).then((body) => reply(response, answerLecture(lecture, `/${rest.join('/')}`, body)));
  } else if (instance.scenario.courses) {
    void answerAuthor(request, url, `/${rest.join('/')}`, instance.scenario, response);
  } else if (/^reviews(\/decide)?$/.test(rest.join('/'))) {
    void answerReviews(request, url, `/${rest.join('/')}`, instance.scenario.reviews ?? []).then((body) =>
      instance.scenario.reviews ? send(response, 200, body) : send(response, 403, problem('forbidden', 403)),
    );
  } else {
    const bearer = request.headers.authorization ?? '';
    const signedIn = /^Bearer token/.test(bearer) || (!bearer && /session=1/.test(request.headers.cookie ?? ''));
    const path = `/${rest.join('/')}`;
    if (request.method !== 'GET') {
      void bodyOf(request).then((body) =>
        reply(
          response,
          (instance.scenario.learn && writeCourse(instance.scenario.learn, path, body, signedIn)) ??
            writeContest(instance.scenario, path, body, signedIn) ??
            write(instance.scenario, path, body, signedIn),
        ),
      );
      return true;
    }
    const { learn } = instance.scenario;
    const course = learn && answerCourse(learn, path, url.searchParams, signedIn);
    if (course) {
      reply(response, course);
      return true;
    }
    const body = answer(instance, path, url.searchParams, signedIn);
    const { code } = (body ?? {}) as { code?: string };
    if (code) reply(response, { status: code === 'participation_left' ? 403 : 409, code });
    else reply(response, body ? { status: 200, body } : { status: 401, code: 'unauthenticated' });
  }
  return true;
}
