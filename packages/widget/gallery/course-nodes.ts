import type { Api } from '@laurelkit/sdk/client';

type Lesson = Awaited<ReturnType<Api['lessons']['get']>>;
type Todo = Lesson['todo'][number];

/** A lesson of the course in the gallery, before anybody has begun it. */
export interface Planned {
  id: string;
  title: string;
  kind: Lesson['kind'];
  minutes: number;
  required?: boolean;
  /** Opens after this one. */
  after?: string;
  todo: Todo[];
}

/** A week of it. */
export interface Week {
  id: string;
  title: string;
  lessons: Planned[];
}

const need = (kind: Todo['kind'], have: number, of: number, by: Todo['by'] = null): Todo => ({
  kind,
  have,
  need: of,
  by,
});

const titles: [week: string, reading: string, video: string, more: string, kind: Lesson['kind']][] = [
  ['Where coffee grows', 'Altitude, shade and rain', 'A map of coffee', 'Guess the origin', 'embed'],
  ['Picking and processing', 'Washed, natural, honey', 'A day at the wet mill', 'Processing sheet', 'download'],
  ['Tasting with a plan', 'The five words that help', 'Cupping, step by step', 'Cupping together', 'live'],
  ['Buying green coffee', 'Reading an offer sheet', 'Moisture, density, defects', 'Choose three samples', 'assignment'],
  ['Heat and time', 'What heat does to a bean', 'Inside a drum roaster', 'Simulate a roast', 'embed'],
  ['Reading a roast', 'Curves without fear', 'Rate of rise', 'Roasting together', 'live'],
  ['First crack and after', 'The last ninety seconds', 'Three roasts of one bean', 'Your first profile', 'assignment'],
  ['Faults and their causes', 'Baked, scorched, tipped', 'Rescue or bin', 'Fault finder', 'external'],
  ['Blends', 'Why blend at all', 'Building an espresso', 'Blend sheet', 'download'],
  ['Water and grinders', 'Hardness in plain words', 'Setting a grinder', 'Water test', 'assignment'],
  ['Prices that hold', 'What a cup really costs', 'Talking to cafés', 'Price together', 'live'],
  ['Opening day', 'The first hundred bags', 'A roastery at six in the morning', 'Your plan', 'assignment'],
];

const extra: Partial<Record<Lesson['kind'], Todo[]>> = {
  embed: [need('manual', 0, 1, 'learner')],
  download: [need('viewed', 0, 1)],
  live: [need('event', 0, 1)],
  assignment: [need('submitted', 0, 1), need('manual', 0, 1, 'staff')],
  external: [need('event', 0, 1)],
};

function weekOf(index: number): Week {
  const [title, reading, video, more, kind] = titles[index] as (typeof titles)[number];
  const id = `week-${index + 1}`;
  const lessons: Planned[] = [
    { id: `${id}-reading`, title: reading, kind: 'page', minutes: 20, todo: [need('time', 130, 300)] },
    {
      id: `${id}-video`,
      title: video,
      kind: 'video',
      minutes: 14,
      todo: [need('watched', 42, 90), need('chapters', 1, 3)],
    },
    { id: `${id}-practice`, title: more, kind, minutes: 45, required: kind !== 'download', todo: extra[kind] ?? [] },
    {
      ...{ id: `${id}-quiz`, title: `Questions on week ${index + 1}`, kind: 'quiz', minutes: 15 },
      after: `${id}-reading`,
      todo: [need('score', 40, 80)],
    },
  ];
  const welcome: Planned = {
    ...{ id: 'welcome', title: 'Welcome, and how this course works', kind: 'page', minutes: 8 },
    todo: [need('manual', 0, 1, 'learner')],
  };
  return { id, title, lessons: index === 0 ? [welcome, ...lessons] : lessons };
}

/** The three phases, four weeks each. */
export const phases: { id: string; title: string; weeks: Week[] }[] = ['Beans', 'Fire', 'Shop'].map((title, phase) => ({
  id: `phase-${phase + 1}`,
  title,
  weeks: [0, 1, 2, 3].map((week) => weekOf(phase * 4 + week)),
}));
