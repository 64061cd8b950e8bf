import { send } from '../contest/send.ts';
import type { Action, ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import { countdownWords } from '../parts/countdown-words.ts';
import type { Drawn } from '../views/kind.ts';
import { answers } from './answers.ts';

const route = 'POST /contests/{contest}/actions/{action}';

/** What is given with an action. */
interface Given {
  answer?: string;
  channel?: string;
  values?: Record<string, string>;
}

// Focus must not fall off the page with what has gone.
const focusLater = (step: Element | null) =>
  setTimeout(() => {
    const root = step?.getRootNode() as ShadowRoot | undefined;
    if (step?.isConnected && !root?.activeElement?.isConnected) (step as HTMLElement).focus();
  }, 50);

/** Does an action, says what came of it, and reads what it changed. Answers whether it is settled for now. */
export async function act(
  kit: Kit,
  store: ContestStore,
  action: Action,
  given: Given,
  drawn: Drawn,
  from: Element,
): Promise<boolean> {
  const { contest } = store.state.peek().view as View;
  const { say, locale } = drawn.language;
  const step = from.closest('[data-step]');
  const early = action.kind === 'visit' ? 'visitEarly' : 'stepLocked';
  const done = await send(
    kit,
    store,
    drawn,
    action.id,
    (as) => kit.checked(as, route, answers[route])({ contest: contest.id, action: action.id, ...given }),
    {
      action_locked: early,
      action_not_found: 'stepLocked',
      validation_failed: 'answerEmpty',
      not_eligible: 'notEligible',
    },
  );
  if (!done) return false;
  const tell = (text: string, wrong = false) => {
    store.mark(action.id, { text, wrong });
    drawn.say(text);
  };
  if (done.outcome === 'wrong') {
    const left = Date.parse(done.retryAt ?? '') - Date.now();
    tell(left > 0 ? say('answerWrong', { time: countdownWords(left, locale) }) : say('answerWrongNow'), true);
    if (left > 0) void store.read();
    return false;
  }
  if (done.outcome === 'pending') {
    tell(action.kind === 'share' ? say('sharePending') : early === 'visitEarly' ? say(early) : say('hostHint'));
    return true;
  }
  tell(done.outcome === 'done' ? say('doneSaid', { points: say('points', { n: done.points }) }) : say('alreadySaid'));
  if (done.outcome === 'done')
    kit.emit(from, 'action', { contest: contest.slug, action: action.id, points: done.points });
  await store.read();
  if (action.kind !== 'share') store.set({ open: '' });
  focusLater(step);
  return true;
}
