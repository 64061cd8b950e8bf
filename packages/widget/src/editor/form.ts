import type { Api } from '@laurelkit/sdk/client';
import { instantsOf, wallTime } from '../forms/zoned-time.ts';

/** A contest as the API answers it to staff. */
export type Contest = Awaited<ReturnType<Api['contests']['get']>>;
/** What makes a contest. */
export type Creation = Parameters<Api['contests']['create']>[0];

/** A row of a list: `key` stays while rows move. */
export type Row<Fields extends string> = { [Field in Fields]: string } & { key: number };
/** A field of a form that participants or winners fill in. */
export type Asked = Row<'id' | 'label' | 'choices'> & { required: boolean };
/** An action as it is typed. */
export type Action = Row<
  'id' | 'kind' | 'title' | 'points' | 'url' | 'seconds' | 'question' | 'choices' | 'answers' | 'channels' | 'after'
> & { fields: Asked[]; was?: Contest['actions'][number] };

/** A contest as it is typed: text as it stands in the fields, lists with a line each. */
export interface Form {
  slug: string;
  name: string;
  description: string;
  kind: Contest['kind'];
  /** What clocks of the zone show, as `datetime-local` has it. */
  startsAt: string;
  endsAt: string;
  /** Where clocks show that twice: the second time. */
  startsAgain: boolean;
  endsAgain: boolean;
  timeZone: string;
  period: Contest['period'];
  hideUntilEnd: boolean;
  scoring: Row<'event' | 'points'>[];
  actions: Action[];
  prizes: Row<'name' | 'description' | 'winners' | 'atPoints'>[];
  eligibility: { countries: string; minimumAge: string; verifiedEmail: boolean };
  tiePolicy: Contest['tiePolicy'];
  mostEntries: string;
  draw: { source: Contest['draw']['source']; delaySeconds: string; numbers: string };
  teamSize: string;
  league: { size: string; promote: string; demote: string; divisions: string };
  instantWin: { playsPerDay: string; prizes: Row<'name' | 'oneIn' | 'stock'>[] };
  claims: boolean;
  claim: { days: string; fields: Asked[] };
  rules: { sponsor: string; contact: string; terms: string };
  names: Contest['names'];
  publishResults: Contest['publishResults'];
}

let keys = 0;
/** A key that no other row has. */
export const newKey = (): number => {
  keys += 1;
  return keys;
};

const text = (value: string | number | null | undefined) => (value === null || value === undefined ? '' : `${value}`);
const lines = (values: readonly string[] | null | undefined) => values?.join('\n') ?? '';

type GivenField = NonNullable<Contest['claim']>['fields'][number];

/** An empty field of a form. */
export const asked = (given?: GivenField): Asked => ({
  key: newKey(),
  id: text(given?.id),
  label: text(given?.label),
  choices: lines(given?.choices),
  required: given?.required ?? true,
});

/** An empty action. */
export const action = (given?: Contest['actions'][number]): Action => ({
  key: newKey(),
  id: text(given?.id),
  kind: given?.kind ?? 'visit',
  title: text(given?.title),
  points: text(given?.points ?? 1),
  url: text(given?.url),
  seconds: text(given?.seconds),
  question: text(given?.question),
  choices: lines(given?.choices),
  answers: lines(given?.answers),
  channels: lines(given?.channels),
  after: lines(given?.after),
  fields: given?.fields?.map(asked) ?? [],
  ...(given && { was: given }),
});

/** An empty prize. */
export const prize = (given?: Partial<Contest['prizes'][number]>): Form['prizes'][number] => ({
  key: newKey(),
  name: text(given?.name),
  description: text(given?.description),
  winners: text(given?.winners ?? 1),
  atPoints: text(given?.atPoints),
});

/** An empty prize of an instant win. */
export const play = (given?: NonNullable<Contest['instantWin']>['prizes'][number]) => ({
  key: newKey(),
  name: text(given?.name),
  oneIn: text(given?.oneIn),
  stock: text(given?.stock),
});

/** An empty rule of scoring. */
export const rule = (given: Partial<Contest['scoring'][number]> = {}): Form['scoring'][number] => ({
  key: newKey(),
  event: text(given.event),
  points: text(given.points ?? 1),
});

/** A contest that nothing was said about yet, in the zone of the one who makes it. */
export const emptyForm = (timeZone: string): Form => ({
  ...{ slug: '', name: '', description: '', kind: 'leaderboard', timeZone, period: 'contest', hideUntilEnd: false },
  ...{ startsAt: '', endsAt: '', startsAgain: false, endsAgain: false },
  scoring: [rule({ event: '*' })],
  actions: [],
  prizes: [prize()],
  eligibility: { countries: '', minimumAge: '', verifiedEmail: false },
  tiePolicy: 'earliest',
  mostEntries: '',
  draw: { source: 'drand', delaySeconds: '300', numbers: '' },
  teamSize: '',
  league: { size: '30', promote: '5', demote: '5', divisions: 'Bronze\nSilver\nGold' },
  instantWin: { playsPerDay: '1', prizes: [play()] },
  claims: false,
  claim: { days: '14', fields: [] },
  rules: { sponsor: '', contact: '', terms: '' },
  names: 'shown',
  publishResults: 'automatically',
});

/** A contest as it can be edited. */
export function formOf(contest: Contest): Form {
  const empty = emptyForm(contest.timeZone);
  const { slug, name, kind, timeZone, period, hideUntilEnd, tiePolicy, names, publishResults } = contest;
  const [startsAt, endsAt] = [contest.startsAt, contest.endsAt].map((instant) =>
    wallTime(Date.parse(instant), timeZone),
  ) as [string, string];
  const again = (instant: string, wall: string) => {
    const found = instantsOf(wall, timeZone);
    return found?.happens === 'twice' && Date.parse(instant) >= found.last;
  };
  const { league, instantWin, claim, draw, eligibility, rules } = contest;
  return {
    ...{ slug, name, kind, timeZone, period, hideUntilEnd, tiePolicy, names, publishResults, startsAt, endsAt },
    startsAgain: again(contest.startsAt, startsAt),
    endsAgain: again(contest.endsAt, endsAt),
    description: text(contest.description),
    scoring: contest.scoring.map(rule),
    actions: contest.actions.map(action),
    prizes: contest.prizes.map(prize),
    eligibility: {
      countries: eligibility.countries?.join(' ') ?? '',
      minimumAge: text(eligibility.minimumAge),
      verifiedEmail: eligibility.verifiedEmail,
    },
    mostEntries: text(contest.mostEntries),
    draw: { source: draw.source, delaySeconds: text(draw.delaySeconds), numbers: lines(draw.numbers) },
    teamSize: text(contest.teamSize),
    league: league
      ? {
          size: text(league.size),
          promote: text(league.promote),
          demote: text(league.demote),
          divisions: lines(league.divisions),
        }
      : empty.league,
    instantWin: instantWin
      ? { playsPerDay: text(instantWin.playsPerDay), prizes: instantWin.prizes.map(play) }
      : empty.instantWin,
    claims: !!claim,
    claim: claim ? { days: text(claim.days), fields: claim.fields.map(asked) } : empty.claim,
    rules: { sponsor: text(rules.sponsor), contact: text(rules.contact), terms: text(rules.terms) },
  };
}
