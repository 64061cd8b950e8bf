import { focusLater, rootOf } from '../contest/focus.ts';
import { learn } from '../contest/learn.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import { formWords } from '../parts/form-words.ts';
import type { Drawn } from '../views/kind.ts';
import { own } from './own.ts';
import { proof } from './proof.ts';
import { words as proofWords } from './proof-words.ts';
import { winners } from './winners.ts';
import { words } from './words.ts';

export { style } from './style.ts';

/** All that the file brings in English. */
export const english: typeof words & typeof proofWords & typeof formWords = { ...words, ...proofWords, ...formWords };

/** What there is to say while nobody has been chosen. */
function meanwhile({ contest, draw, results }: View, { say, date }: Language): string {
  if (contest.prizes.length === 0) return contest.kind === 'instant_win' ? '' : say('noPrizes');
  if (contest.state === 'drawn' || contest.state === 'closed') {
    if (results && !results.published) return say('resultsLater');
    return draw?.freeze?.root.count === 0 || results?.published ? say('noWinners') : say('resultsLater');
  }
  if (!draw?.freeze) return say('countingUp');
  const { roundAt } = draw.freeze;
  const next =
    roundAt && Date.parse(roundAt) > Date.now() ? say('drawAt', { date: date(roundAt, 'full') }) : say('drawSoon');
  return `${say('sealed')} ${next}`;
}

/** After the end: what the visitor won and how to claim it, who won, and the way to check it. */
export function results(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h } = kit;
  const { language, heading } = drawn;
  const { say } = language;
  if (!learn(kit, language, english)) return null;
  const { view, verifying } = store.state.value;
  const { contest, draw, results, me } = view as View;
  const items = results?.published ? results.items : [];
  const mayCheck = contest.state === 'drawn' || contest.state === 'closed';
  const checkable = mayCheck && !!draw?.freeze && draw.commitments.length > 0;
  return h(
    'section',
    { class: 'results', role: 'group', 'aria-label': say('results') },
    h(`h${Math.min(6, heading + 1)}`, { class: 'sub' }, say('results')),
    me && own(kit, store, drawn),
    items.length > 0
      ? winners(kit, view as View, drawn)
      : h('p', { class: 'muted' }, meanwhile(view as View, language)),
    checkable &&
      (verifying
        ? proof(kit, store, drawn)
        : h(
            'div',
            { class: 'check' },
            h(
              'button',
              {
                type: 'button',
                class: 'button',
                part: 'verify',
                onClick: ({ currentTarget }: MouseEvent) => {
                  const root = rootOf(currentTarget as Element);
                  store.set({ verifying: root.host });
                  focusLater(root, '.proofs');
                },
              },
              say('verifyDo'),
            ),
            h('p', { class: 'small muted' }, say('verifyHint')),
          )),
  );
}
