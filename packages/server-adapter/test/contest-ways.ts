export const policies = ['shown', 'opt_in', 'pseudonyms'] as const;
export type Policy = (typeof policies)[number];
/**
 * Contests of each policy: one under way, one that is drawn, a league, one of instant wins, and two that keep their boards to
 * themselves until the end: a board and a line.
 */
export const settings = {
  live: {},
  over: {},
  league: { kind: 'league', period: 'week', league: { size: 10 } },
  game: { kind: 'instant_win', instantWin: { playsPerDay: 100, prizes: [{ name: 'A mug', oneIn: 2, stock: 5 }] } },
  hidden: { hideUntilEnd: true },
  hiddenLine: { kind: 'waitlist', hideUntilEnd: true },
};
export type Stage = keyof typeof settings;
export const stages = Object.keys(settings) as Stage[];
export const slugOf = (policy: Policy, stage: Stage) => `${stage.toLowerCase()}-${policy.replace('_', '-')}`;

/** How an operation about a contest is called, and where it answers with what it is for; elsewhere it may refuse. */
export interface Way {
  /** Below `/contests/{contest}`, or, of a winner, below `/winners/{winner}`. */
  path: string;
  ofWinner?: true;
  body?: Record<string, unknown>;
  answers: readonly Stage[];
  /** Asked by the host as well: it is what anybody may see, in a form for the host. */
  forHost?: true;
}

const always = stages;
const live = ['live', 'hidden', 'hiddenLine'] as const;
const over = ['over'] as const;

/** Every operation about one contest that somebody else than the host may call, and what the host passes on to everybody. */
export const ways: Record<string, Way> = {
  'contests.get': { path: '', answers: always },
  'contests.history': { path: '/history', answers: always },
  'contests.rules': { path: '/rules', answers: always },
  'contests.rulesPage': { path: '/rules.html', answers: always },
  'leaderboards.list': { path: '/leaderboard', answers: always, forHost: true },
  'leaderboards.standing': { path: '/standing?around=50', answers: always },
  'leaderboards.interval': { path: '/leaderboard/interval?window=month', answers: always, forHost: true },
  'leaderboards.friends': { path: '/leaderboard/friends', answers: always },
  'leaderboards.teams': { path: '/leaderboard/teams', answers: always },
  'leaderboards.cohort': { path: '/leaderboard/cohort', answers: ['league'] },
  'leaderboards.past': { path: '/leaderboard/past?seq=1000', answers: always, forHost: true },
  'leaderboards.csv': { path: '/leaderboard.csv', answers: always, forHost: true },
  'leaderboards.photoFinish': { path: '/photo-finish', answers: over, forHost: true },
  'leaderboards.photoFinishCsv': { path: '/photo-finish.csv', answers: always, forHost: true },
  'entries.join': { path: '/join', body: { rulesVersion: 1 }, answers: live },
  'entries.me': { path: '/me', answers: always },
  'entries.open': { path: '/actions/form/open', answers: [] },
  'entries.act': { path: '/actions/form', body: { values: { city: 'Porto' } }, answers: live },
  'entries.play': { path: '/plays', body: {}, answers: ['game'] },
  'entries.plays': { path: '/plays', answers: ['game'] },
  'teams.create': { path: '/teams', body: { name: 'The team' }, answers: [] },
  'teams.join': { path: '/teams/join', body: { inviteCode: 'none' }, answers: [] },
  'teams.mine': { path: '/teams/mine', answers: always },
  'teams.leave': { path: '/teams/leave', body: {}, answers: [] },
  'draws.get': { path: '/draw', answers: always },
  'draws.receipt': { path: '/draw/receipt', answers: over },
  'draws.evidence': { path: '/draw/evidence.json', answers: over },
  'draws.evidencePage': { path: '/draw/evidence.html', answers: over },
  'draws.results': { path: '/results', answers: always },
  'draws.resultsPage': { path: '/results.html', answers: always },
  'draws.claim': { path: '/claim', ofWinner: true, body: { values: { address: 'Rua Augusta 1' } }, answers: [] },
  'draws.disqualifications': { path: '/disqualifications', answers: always },
};

/** Told once and for all elsewhere: not about one contest's people, or streams with a test of their own. */
export const elsewhere = ['contests.list', 'live.stream'];
