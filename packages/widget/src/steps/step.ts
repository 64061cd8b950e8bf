import type { Action, ContestStore, Mine, View } from '../contest/state.ts';
import type { MessageKey } from '../i18n/en.ts';
import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import { countdownWords } from '../parts/countdown-words.ts';
import { phaseOf } from '../stores/phase.ts';
import type { Drawn } from '../views/kind.ts';
import { act } from './act.ts';
import { answer } from './answer.ts';
import { form } from './form.ts';
import { share } from './share.ts';
import { visit } from './visit.ts';

type Own = Mine['actions'][number];

const drawings = {
  done: 'M5 12.5 10 17.5 19 7',
  locked: 'M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z',
  waiting: 'M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 .01 0',
};

const doing = {
  visit: 'visitDo',
  answer: 'answerDo',
  code_word: 'codeDo',
  share: 'shareDo',
  form: 'formDo',
  daily: 'dailyDo',
} as const;

/** Why a step cannot be done now, or what is peculiar to it. */
function stateWords(
  { cleanName }: Kit,
  { contest, me }: View,
  action: Action,
  own: Own | undefined,
  { say, locale }: Language,
): string {
  if (!own) return '';
  if (own.state === 'done') return say('done');
  if (own.state === 'locked') {
    const open = action.after.filter((id) => me?.actions.some((each) => each.id === id && each.state !== 'done'));
    const titles = open.map((id) => cleanName(contest.actions.find((each) => each.id === id)?.title ?? id));
    return titles.length > 0 ? say('lockedAfter', { steps: titles.join(', ') }) : say('stepLocked');
  }
  if (own.state === 'waiting' && action.kind !== 'visit') {
    const left = Date.parse(own.opensAt ?? '') - Date.now();
    return left > 0 ? say('opensIn', { time: countdownWords(left, locale) }) : say('opensSoon');
  }
  if (action.kind === 'visit' && action.seconds) return say('visitHint', { n: action.seconds });
  if (action.kind === 'host') return say('hostHint');
  return action.kind === 'daily' ? say('dailyHint') : '';
}

/** The form of a step. */
function panel(kit: Kit, store: ContestStore, action: Action, own: Own, drawn: Drawn) {
  if (action.kind === 'visit') return visit(kit, store, action, own.opensAt, drawn);
  if (action.kind === 'share') return share(kit, store, action, own.channels ?? [], drawn);
  if (action.kind === 'form') return form(kit, store, action, drawn);
  return answer(kit, store, action, drawn);
}

/** One step: what it is, what it gives, whether it is done, and what there is to do. */
export function step(kit: Kit, store: ContestStore, action: Action, drawn: Drawn) {
  const { h, icon, cleanName } = kit;
  const { language } = drawn;
  const { say } = language;
  const view = store.state.value.view as View;
  const own = view.me?.actions.find(({ id }) => id === action.id);
  const state = own?.state ?? 'open';
  const running = view.contest.state === 'live';
  // A visit that goes on can be seen to its end.
  const goes = own?.state === 'open' || (own?.state === 'waiting' && action.kind === 'visit');
  const may = running && goes && action.kind !== 'host';
  const open = may && store.state.value.open === action.id;
  const sent = store.sentOf(action.id);
  const text =
    !running && own && state !== 'done'
      ? say(phaseOf(view.contest) === 'soon' ? 'stepSoon' : 'paused')
      : stateWords(kit, view, action, own, language);
  const title = cleanName(action.title);
  const onClick = (event: MouseEvent) => {
    if (action.kind === 'daily') void act(kit, store, action, {}, drawn, event.currentTarget as Element);
    else store.set({ open: open ? '' : action.id });
  };
  return h(
    'li',
    { key: action.id, class: `do ${state}`, part: 'step', 'data-step': action.id, tabIndex: -1 },
    h(
      'div',
      { class: 'row' },
      h('span', { class: 'mark', 'aria-hidden': true }, state === 'open' ? null : icon(drawings[state])),
      h('div', { class: 'task' }, h('bdi', { class: 'strong' }, title), text && h('p', { class: 'small muted' }, text)),
      h(
        'span',
        { class: 'gains numbers', part: 'score' },
        h('span', { 'aria-hidden': true }, `+${language.number(action.points)}`),
        h('span', { class: 'said' }, say('points', { n: action.points })),
      ),
      may &&
        h(
          'button',
          {
            type: 'button',
            class: 'button quiet',
            'aria-disabled': sent.busy,
            'aria-label': `${say(open ? 'closeStep' : (doing[action.kind as keyof typeof doing] as MessageKey))}: ${title}`,
            ...(action.kind !== 'daily' && { 'aria-expanded': open, 'aria-controls': `panel-${action.id}` }),
            onClick,
          },
          say(open ? 'closeStep' : (doing[action.kind as keyof typeof doing] as MessageKey)),
        ),
    ),
    h(
      'div',
      { id: `panel-${action.id}`, class: open ? 'inside' : undefined },
      open && own && panel(kit, store, action, own, drawn),
    ),
    sent.text &&
      h('p', { id: `${action.id}-sent`, class: sent.wrong ? 'small wrong' : 'small saved', part: 'error' }, sent.text),
  );
}
