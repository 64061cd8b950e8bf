import type { ContestSettings } from '../db/contest-tables.ts';
import { type Fault, repeated } from './faults.ts';

type Action = ContestSettings['actions'][number];

/** What each kind of action cannot do without. */
const needed: Record<Action['kind'], readonly (keyof Action)[]> = {
  visit: ['url'],
  answer: ['question', 'answers'],
  code_word: ['answers'],
  share: ['channels'],
  form: ['fields'],
  host: [],
  daily: [],
};

/** Answers count as right whatever their case and spaces. */
const plain = (text: string) => text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

/** What keeps actions from working: what they lack, what they repeat, and what they wait for in vain. */
export function actionFaults(actions: readonly Action[]): Fault[] {
  const ids = actions.map(({ id }) => id);
  return [
    ...repeated(ids).map((index) => ({
      pointer: `actions/${index}/id`,
      detail: 'must be an id that no other action has',
    })),
    ...actions.flatMap((action, index) =>
      [...lacking(action), ...insideFaults(action), ...orderFaults(action, ids.slice(0, index))].map(
        ({ pointer, detail }) => ({ pointer: `actions/${index}/${pointer}`, detail }),
      ),
    ),
  ];
}

const lacking = (action: Action): Fault[] =>
  needed[action.kind]
    .filter((field) => action[field] === undefined)
    .map((field) => ({ pointer: field, detail: `is required for an action of the kind ${action.kind}` }));

function insideFaults({ kind, choices, answers = [], fields = [], channels = [] }: Action): Fault[] {
  const offered = kind === 'answer' ? choices?.map(plain) : undefined;
  return [
    ...answers.flatMap((answer, index) =>
      offered && !offered.includes(plain(answer))
        ? [{ pointer: `answers/${index}`, detail: 'must be one of the choices' }]
        : [],
    ),
    ...repeated(fields.map(({ id }) => id)).map((index) => ({
      pointer: `fields/${index}/id`,
      detail: 'must be an id that no other field of the form has',
    })),
    ...repeated(channels).map((index) => ({ pointer: `channels/${index}`, detail: 'must be named once only' })),
  ];
}

/** Those that come first stand first: so none can wait for itself, however long the way round. */
const orderFaults = ({ after }: Action, earlier: readonly string[]): Fault[] =>
  after.flatMap((id, index) =>
    earlier.includes(id)
      ? []
      : [{ pointer: `after/${index}`, detail: 'must be the id of an action that stands before this one' }],
  );
