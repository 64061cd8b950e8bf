import { slugOf } from '../forms/slug.ts';
import { instantsOf } from '../forms/zoned-time.ts';
import type { Action, Asked, Contest, Creation, Form } from './form.ts';
import { formOf } from './form.ts';

/** What of a contest can be said, as the API takes it; `NaN` where a whole number is missing. */
export type Given = Omit<Creation, 'program' | 'state'>;

const whole = (typed: string) => (/^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN);
const wholeOrNull = (typed: string) => (typed.trim() ? whole(typed) : null);
const orNull = (typed: string) => (typed.trim() ? typed : null);
const lines = (typed: string) =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const words = (typed: string) => typed.split(/[\s,;]+/).filter(Boolean);

/** A slug for something that has none yet: of its words, else of its place. */
const idOf = (id: string, title: string, place: number) => id.trim() || slugOf(title) || `no-${place + 1}`;

const fieldsOf = (fields: readonly Asked[]) =>
  fields.map(({ id, label, choices, required }, place) => ({
    id: idOf(id, label, place),
    label,
    required,
    ...(choices.trim() && { choices: lines(choices) }),
  }));

/** What each kind of action has of its own. */
export const ofKind: Record<Contest['actions'][number]['kind'], readonly string[]> = {
  visit: ['url', 'seconds'],
  answer: ['question', 'choices', 'answers'],
  code_word: ['answers'],
  share: ['channels'],
  form: ['fields'],
  host: [],
  daily: [],
};

function actionOf(typed: Action, place: number): NonNullable<Given['actions']>[number] {
  const { id, title, points, was } = typed;
  const kind = typed.kind as Contest['actions'][number]['kind'];
  // What an action had beside its kind's own stays, as long as the kind does.
  const named = new Set([...ofKind[kind], ...(was?.kind === kind ? Object.keys(was) : [])]);
  const has = (field: keyof Action) => named.has(field) && (typed[field] as string).length > 0;
  return {
    id: idOf(id, title, place),
    kind,
    title,
    points: whole(points),
    ...(has('url') && { url: typed.url.trim() }),
    ...(has('seconds') && { seconds: whole(typed.seconds) }),
    ...(has('question') && { question: typed.question }),
    ...(has('choices') && { choices: lines(typed.choices) }),
    ...(has('answers') && { answers: lines(typed.answers) }),
    ...(has('channels') && { channels: words(typed.channels) }),
    ...(has('fields') && { fields: fieldsOf(typed.fields) }),
    after: words(typed.after),
  };
}

const instant = (wall: string, again: boolean, timeZone: string) => {
  const found = instantsOf(wall, timeZone);
  return found ? new Date(again ? found.last : found.first).toISOString() : '';
};

const countriesOf = (typed: string) => {
  const countries = words(typed).map((country) => country.toUpperCase());
  return countries.length > 0 ? countries : null;
};

/** Prizes, up to the last row in which anything is said. */
const prizesOf = ({ prizes, kind }: Form) =>
  prizes
    .slice(0, prizes.findLastIndex(({ name, description, atPoints }) => name.trim() || description || atPoints) + 1)
    .map(({ name, description, winners, atPoints }) => ({
      name,
      description: orNull(description),
      winners: whole(winners),
      ...(kind === 'milestone' && { atPoints: whole(atPoints) }),
    }));

/** What was typed, as the API takes it. What the kind of contest has no use for is left out. */
export function contractOf(form: Form): Given {
  const { kind, tiePolicy, names, publishResults, period, hideUntilEnd, timeZone, draw, league, instantWin } = form;
  return {
    ...{ kind, tiePolicy, names, publishResults, period, hideUntilEnd },
    timeZone: timeZone.trim(),
    slug: form.slug.trim(),
    name: form.name,
    description: orNull(form.description),
    startsAt: instant(form.startsAt, form.startsAgain, timeZone),
    endsAt: instant(form.endsAt, form.endsAgain, timeZone),
    scoring: form.scoring.map(({ event, points }) => ({ event: event.trim(), points: whole(points) })),
    actions: form.actions.map(actionOf),
    prizes: prizesOf(form),
    eligibility: {
      countries: countriesOf(form.eligibility.countries),
      minimumAge: wholeOrNull(form.eligibility.minimumAge),
      verifiedEmail: form.eligibility.verifiedEmail,
    },
    mostEntries: wholeOrNull(form.mostEntries),
    draw: { source: draw.source, delaySeconds: whole(draw.delaySeconds), numbers: lines(draw.numbers) },
    teamSize: wholeOrNull(form.teamSize),
    league:
      kind === 'league'
        ? {
            size: whole(league.size),
            promote: whole(league.promote),
            demote: whole(league.demote),
            divisions: lines(league.divisions),
          }
        : null,
    instantWin:
      kind === 'instant_win'
        ? {
            playsPerDay: whole(instantWin.playsPerDay),
            prizes: instantWin.prizes.map(({ name, oneIn, stock }) => ({
              name,
              oneIn: whole(oneIn),
              stock: whole(stock),
            })),
          }
        : null,
    claim: form.claims ? { days: whole(form.claim.days), fields: fieldsOf(form.claim.fields) } : null,
    rules: {
      sponsor: orNull(form.rules.sponsor),
      contact: orNull(form.rules.contact),
      terms: orNull(form.rules.terms),
    },
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What was changed of a contest that is there, and nothing else; its slug stays. */
export function changesOf(contest: Contest, form: Form): Partial<Given> {
  const before = contractOf(formOf(contest));
  return Object.fromEntries(
    Object.entries(contractOf(form)).filter(
      ([field, value]) => field !== 'slug' && !same(value, before[field as keyof Given]),
    ),
  );
}
