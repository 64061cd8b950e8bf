import { mineOf, teamOf } from './contest-parts.ts';
import type { Part } from './contests.ts';
import { drawOf, evidenceOf, forgedEvidence, receiptOf } from './draw.ts';
import { rank } from './people.ts';
import type { Reply } from './referral-api.ts';
import { contestOf, rowsOf, type Scenario } from './scenario.ts';
import { at, day } from './time.ts';

const hour = 3_600_000;

/** What is known of the contest of a scenario, also where the scenario is about something else. */
export function partOf(scenario: Scenario): Part {
  scenario.part ??= { mine: mineOf(contestOf(scenario.contest)) };
  return scenario.part;
}

const among = (scenario: Scenario, count: number) => {
  const mine = `b${(scenario.me ?? -1) + 1}`;
  const rows = rowsOf(scenario);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === mine),
  );
  const from = Math.max(0, Math.min(at - 4, rows.length - count));
  return rank(rows.slice(from, from + count).map(({ name, score }) => [name, score])).map((row, index) => {
    const all = rows[from + index];
    return { ...row, id: all?.id ?? row.id, overall: all?.rank ?? null, self: all?.id === mine };
  });
};

/** What the scripted API answers about a contest, by route. */
export function answerContest(scenario: Scenario, path: string, query: URLSearchParams, signedIn: boolean): unknown {
  const contest = contestOf(scenario.contest);
  const part = partOf(scenario);
  const rows = rowsOf(scenario);
  const board = {
    startsAt: contest.startsAt,
    endsAt: contest.endsAt,
    state: contest.state,
    seq: 100,
    participants: rows.length,
    hidden: scenario.hidden ?? false,
  };
  if (/\/history$/.test(path)) return { items: part.history ?? [] };
  if (/\/results$/.test(path)) {
    return { contest: contest.slug, state: contest.state, published: !!part.results, items: part.results ?? [] };
  }
  if (/\/draw$/.test(path)) return drawOf(contest.state);
  if (/\/evidence\.json$/.test(path)) {
    if (part.evidence === 'broken') return undefined;
    return part.evidence === 'forged' ? forgedEvidence() : evidenceOf();
  }
  if (/\/leaderboard\/interval$/.test(path)) {
    const items = rows.slice(0, Math.ceil(rows.length / 2));
    const limit = Number(query.get('limit') ?? 20);
    const from = Number(query.get('cursor') ?? 0);
    const nextCursor = from + limit < items.length ? String(from + limit) : null;
    return {
      ...board,
      startsAt: at(-14 * day),
      endsAt: at(-7 * day),
      items: items.slice(from, from + limit),
      nextCursor,
    };
  }
  if (/\/leaderboard\/teams$/.test(path)) {
    if (contest.teamSize === null) return { code: 'teams_not_offered' };
    const { participants: _, ...rest } = board;
    const teams = rank([
      ['The Early Birds', 81],
      ['Night shift', 77],
      ['Grounds for joy', 77],
      ['Slow drip', 12],
    ]);
    const items = teams.map(({ avatarUrl: _a, seq: _s, ...row }, index) => ({
      ...row,
      id: `01920000-0000-7000-8000-00000000009${index}`,
      members: 5 - index,
      own: index === 2 && signedIn,
    }));
    return { ...rest, teams: items.length, items, nextCursor: null };
  }
  if (/\/plays$/.test(path)) {
    return { items: [], nextCursor: null, stockLeft: part.mine.stockLeft ?? [], seedHash: 'a'.repeat(64), seed: null };
  }
  if (!signedIn) return undefined;
  if (/^\/contests\/[^/]+\/me$/.test(path)) {
    openWhatIsDue(part.mine);
    return part.mine;
  }
  if (/\/receipt$/.test(path)) return receiptOf();
  if (/\/teams\/mine$/.test(path)) return { team: part.team ?? null };
  if (/\/leaderboard\/friends$/.test(path)) return { ...board, items: among(scenario, 6) };
  if (/\/leaderboard\/cohort$/.test(path)) {
    if (contest.kind !== 'league') return { code: 'contest_kind_conflict' };
    const { promote = 0, demote = 0 } = contest.league ?? {};
    const before = query.has('at');
    const cohort = {
      division: 'Silver',
      level: 2,
      number: 7,
      promote,
      demote,
      outcome: before ? ('promoted' as const) : null,
    };
    const span = before ? { startsAt: at(-14 * day), endsAt: at(-7 * day) } : {};
    return { ...board, ...span, cohort: part.cohort ? cohort : null, items: part.cohort ? among(scenario, 10) : [] };
  }
  return undefined;
}

/** Lets what waited until now be done. */
function openWhatIsDue({ actions }: Part['mine']): void {
  for (const each of actions)
    if (each.opensAt && Date.parse(each.opensAt) <= Date.now()) Object.assign(each, { state: 'open', opensAt: null });
}

const fail = (status: number, code: string): Reply => ({ status, code });
const give = (body: unknown, status = 200): Reply => ({ status, body });

function act(scenario: Scenario, id: string, body: Record<string, unknown>): Reply {
  const { mine } = partOf(scenario);
  const contest = contestOf(scenario.contest);
  const action = contest.actions.find((each) => each.id === id);
  openWhatIsDue(mine);
  const own = mine.actions.find((each) => each.id === id);
  if (!action || !own) return fail(404, 'action_not_found');
  if (contest.state !== 'live') return fail(409, 'contest_not_live');
  if (own.state === 'locked' || (own.state === 'waiting' && action.kind !== 'answer'))
    return fail(409, 'action_locked');
  const outcome = (outcome: string, points = 0, retryAt: string | null = null) => give({ outcome, points, retryAt });
  if (own.state === 'done') return outcome('already_done');
  if (action.kind === 'share') return outcome('pending');
  const answer = String(body.answer ?? '').toLowerCase();
  if (answer === 'down') return fail(503, 'unavailable');
  const right = ['arabica', '1987', 'crema'];
  if (['answer', 'code_word'].includes(action.kind) && !right.includes(answer)) {
    if (action.choices) return outcome('wrong', 0, at(0));
    Object.assign(own, { state: 'waiting', opensAt: at(60_000) });
    return outcome('wrong', 0, at(60_000));
  }
  Object.assign(own, action.kind === 'daily' ? { state: 'waiting', opensAt: at(9 * hour) } : { state: 'done' });
  for (const each of mine.actions) {
    const after = contest.actions.find((one) => one.id === each.id)?.after ?? [];
    const open = after.every((one) => mine.actions.find((other) => other.id === one)?.state === 'done');
    if (each.state === 'locked' && open) each.state = 'open';
  }
  mine.points += action.points;
  mine.entries += action.points;
  mine.allEntries += action.points;
  mine.sources = [...mine.sources, { source: 'action', name: id, times: 1, points: action.points }];
  return outcome('done', action.points);
}

/** What the scripted API answers to what a participant does in a contest; `undefined` where it is about something else. */
export function writeContest(
  scenario: Scenario,
  path: string,
  body: Record<string, unknown>,
  signedIn: boolean,
): Reply | undefined {
  if (!/^\/(contests|winners)\//.test(path)) return undefined;
  if (!signedIn) return fail(401, 'unauthenticated');
  const part = partOf(scenario);
  const { mine } = part;
  const contest = contestOf(scenario.contest);
  const [, action, open] = /\/actions\/([^/]+)(\/open)?$/.exec(path) ?? [];
  if (open) {
    const visit = mine.actions.find(({ id }) => id === action);
    const claimableAt = at(1000);
    if (visit) Object.assign(visit, { state: 'waiting', opensAt: claimableAt });
    return give({ claimableAt });
  }
  if (action) return act(scenario, action, body);
  if (/\/teams$/.test(path)) {
    if (/^taken$/i.test(String(body.name))) return fail(409, 'team_name_taken');
    part.team = { ...teamOf(), name: String(body.name), members: [{ id: 'b1', name: 'Mira', score: 12, self: true }] };
    return give(part.team, 201);
  }
  if (/\/teams\/join$/.test(path)) {
    if (body.inviteCode === 'FULL') return fail(409, 'team_full');
    if (body.inviteCode !== 'BIRD-7K2F') return fail(404, 'team_not_found');
    part.team = teamOf();
    return give(part.team);
  }
  if (/\/teams\/leave$/.test(path)) {
    part.team = null;
    return give({ left: true });
  }
  if (/\/join$/.test(path)) {
    if (body.country === 'DE') return fail(422, 'not_eligible');
    if (body.rulesVersion !== contest.rulesVersion) return fail(409, 'rules_outdated');
    Object.assign(mine, {
      joined: true,
      missing: mine.missing.filter((each) => each === 'email'),
      showName: body.showName === true,
    });
    if (contest.kind === 'waitlist') mine.position = { position: 3401, of: 3401 };
    if (!mine.missing.length) mine.entries = mine.points;
    return give(mine);
  }
  if (/\/plays$/.test(path)) {
    if (!mine.playsLeft) return fail(409, 'no_plays_left');
    mine.playsLeft -= 1;
    return give({ number: 1234 - mine.playsLeft, prize: part.plays?.shift() ?? null, playedAt: at(0) }, 201);
  }
  const win = mine.won.find(({ winner }) => path === `/winners/${winner}/claim`);
  if (!win) return fail(404, 'winner_not_found');
  const values = body.values as Record<string, string>;
  if (values.address === 'down') return fail(503, 'unavailable');
  if (values.address === 'late') return fail(409, 'claim_state_conflict');
  if (contest.claim?.fields.some(({ id, required }) => required && !values[id])) return fail(422, 'claim_incomplete');
  win.state = 'claimed';
  return give({ prize: win.prize, place: win.place, state: 'claimed', claimedAt: at(0) });
}
