import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import type { Learner, Learners, LearnersState } from './store.ts';
import type { LearnersKey } from './words.ts';

/** What every part of the view is drawn with. */
export interface Pen {
  h: Kit['h'];
  kit: Kit;
  say(key: LearnersKey, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  date(instant: string): string;
  /** How long ago, in the words of the locale. */
  ago(instant: string): string;
  store: Learners;
  state: LearnersState;
  heading: number;
  announce: Drawn['say'];
}

/** What a learner is called: their name, else the host's own id. */
export const nameOf = ({ kit }: Pen, { name, externalId }: Learner): string => kit.cleanName(name || externalId);

/** The title of a lesson; its id where the version that is out has it no more. */
export const titleOf = ({ state }: Pen, lesson: string | null): string =>
  state.lessons.find(({ id }) => id === lesson)?.title ?? lesson ?? '';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** Writes how long ago an instant was; within a minute: now. */
export function agoIn(locale: string): Pen['ago'] {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return (instant) => {
    const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
    const [unit, size] = units.find(([, least]) => seconds >= least) ?? ['second', 1];
    return format.format(unit === 'second' ? 0 : -Math.floor(seconds / size), unit);
  };
}
