import * as z from 'zod/mini';
import { channel } from './clicks.ts';
import { httpUrl, slug, text } from './shapes.ts';

/** What kind of competition it is. */
export const contestKinds = ['leaderboard', 'raffle', 'milestone', 'waitlist', 'instant_win', 'league'] as const;

/** Who is first of those with one score: who reached it first, nobody (they share the prize), or the draw says. */
export const tiePolicies = ['earliest', 'shared', 'draw'] as const;

/** Whose names boards show: all that chose one, those who agreed in this contest, or nobody’s. */
export const namePolicies = ['shown', 'opt_in', 'pseudonyms'] as const;

export const drawSources = ['drand', 'numbers'] as const;

export const actionKinds = ['visit', 'answer', 'code_word', 'share', 'form', 'host', 'daily'] as const;

const count = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const country = z.string().check(z.regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1)'));

/** What is to be won. Places are given out in the order of the list: the first prize’s winners come first. */
export const ContestPrize = z.strictObject({
  name: text(120),
  description: z._default(z.nullable(text(500)), null),
  /** How many get it. */
  winners: z._default(count(1, 1000), 1),
  /** `milestone`: the points that earn it. The highest prize goes first; each to the first `winners` who reached it and have no higher one. */
  atPoints: z.optional(count(1, 1_000_000_000)),
});

/** A field of a form: a line of text or one of several choices. */
const FormField = z.strictObject({
  id: slug,
  label: text(120),
  required: z._default(z.boolean(), true),
  choices: z.optional(z.array(text(120)).check(z.minLength(2), z.maxLength(20))),
});

/** Something a participant does for points, checked by the server as far as it can be. */
export const ContestAction = z.strictObject({
  id: slug,
  kind: z.enum(actionKinds),
  title: text(120),
  points: count(1, 1_000_000),
  /** `visit`: the page, and how many seconds pass between opening and claiming it. */
  url: z.optional(httpUrl),
  seconds: z.optional(count(0, 600)),
  /** `answer`: the question. */
  question: z.optional(text(300)),
  /** `answer`: choices; without them the answer is typed. */
  choices: z.optional(z.array(text(120)).check(z.minLength(2), z.maxLength(10))),
  /** `answer` and `code_word`: what counts as right, whatever the case and the spaces. Seen by the host only. */
  answers: z.optional(z.array(text(200)).check(z.minLength(1), z.maxLength(20))),
  /** `share`: each of these channels earns once, when somebody else follows the link shared there. */
  channels: z.optional(z.array(channel).check(z.minLength(1), z.maxLength(10))),
  /** `form`: what is asked. */
  fields: z.optional(z.array(FormField).check(z.minLength(1), z.maxLength(20))),
  /** The action opens once these are done. */
  after: z._default(z.array(slug).check(z.maxLength(10)), []),
});

/** Who may take part in draws and win prizes. Where anything is asked, participants confirm it when they join. */
export const Eligibility = z.strictObject({
  countries: z._default(z.nullable(z.array(country).check(z.minLength(1), z.maxLength(250))), null),
  /** Years; the participant confirms them. */
  minimumAge: z._default(z.nullable(count(1, 120)), null),
  verifiedEmail: z._default(z.boolean(), false),
});

/** How chance decides. */
export const DrawSettings = z.strictObject({
  /** `drand`: a public beacon. `numbers`: public numbers named here, such as a lottery’s, in the form of RFC 3797. */
  source: z._default(z.enum(drawSources), 'drand'),
  /** Seconds from the end to the first round that may decide; the entries are published in between. */
  delaySeconds: z._default(count(30, 604_800), 300),
  /** The public numbers that decide, or would if no beacon could be reached for a day: each named so that anybody can look it up. */
  numbers: z._default(z.array(text(200)).check(z.maxLength(10)), []),
});

export const LeagueSettings = z.strictObject({
  /** Participants in a cohort. */
  size: z._default(count(10, 50), 30),
  /** How many of a cohort go up and down at the end of each period. */
  promote: z._default(count(0, 25), 5),
  demote: z._default(count(0, 25), 5),
  /** Names of the divisions, the lowest first. */
  divisions: z._default(z.array(text(40)).check(z.minLength(1), z.maxLength(10)), ['Bronze', 'Silver', 'Gold']),
});

export const InstantWinSettings = z.strictObject({
  playsPerDay: z._default(count(1, 100), 1),
  /** One of so many plays wins it, as long as there is stock. */
  prizes: z
    .array(z.strictObject({ name: text(120), oneIn: count(1, 10_000_000), stock: count(1, 1_000_000) }))
    .check(z.minLength(1), z.maxLength(20)),
});

/** How winners claim what they won. */
export const ClaimSettings = z.strictObject({
  /** Days from the notification; then the prize goes to the next in order. */
  days: z._default(count(1, 90), 14),
  fields: z._default(z.array(FormField).check(z.maxLength(20)), []),
});

/** What the official rules say beside the settings. */
export const RulesSettings = z.strictObject({
  sponsor: z._default(z.nullable(text(200)), null),
  contact: z._default(z.nullable(text(200)), null),
  /** Further terms, in paragraphs. */
  terms: z._default(z.nullable(text(10_000)), null),
});

/** The settings of a contest beside when and how points are earned. */
export const contestSettings = {
  kind: z.enum(contestKinds),
  tiePolicy: z.enum(tiePolicies),
  names: z.enum(namePolicies),
  prizes: z.array(ContestPrize).check(z.maxLength(100)),
  actions: z.array(ContestAction).check(z.maxLength(30)),
  /** Most tickets of one participant in a draw; `null`: as many as points. */
  mostEntries: z.nullable(count(1, 1_000_000)),
  eligibility: Eligibility,
  draw: DrawSettings,
  /** Most members of a team; `null`: no teams. */
  teamSize: z.nullable(count(2, 1000)),
  league: z.nullable(LeagueSettings),
  instantWin: z.nullable(InstantWinSettings),
  /** `null`: winners need not claim. */
  claim: z.nullable(ClaimSettings),
  rules: RulesSettings,
  /** Whether results are public at once, or when the host publishes them. */
  publishResults: z.enum(['automatically', 'by_hand']),
};

/** The same with what holds where nothing is said. */
export const contestSettingsGiven = {
  kind: z._default(contestSettings.kind, 'leaderboard'),
  tiePolicy: z._default(contestSettings.tiePolicy, 'earliest'),
  names: z._default(contestSettings.names, 'shown'),
  prizes: z._default(contestSettings.prizes, []),
  actions: z._default(contestSettings.actions, []),
  mostEntries: z._default(contestSettings.mostEntries, null),
  eligibility: z.prefault(Eligibility, {}),
  draw: z.prefault(DrawSettings, {}),
  teamSize: z._default(contestSettings.teamSize, null),
  league: z._default(contestSettings.league, null),
  instantWin: z._default(contestSettings.instantWin, null),
  claim: z._default(contestSettings.claim, null),
  rules: z.prefault(RulesSettings, {}),
  publishResults: z._default(contestSettings.publishResults, 'automatically'),
};

/** What is kept of a contest’s settings, defaults filled in. */
export const ContestSettings = z.strictObject(contestSettingsGiven);
