import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { oddsOf } from './odds.ts';
import type { View } from './state.ts';

/** The honest odds of a draw, as they stand. */
function odds({ contest, me }: View, { say, locale, number }: Language): string {
  const n = contest.prizes.reduce((sum, { winners }) => sum + winners, 0);
  const found = oddsOf(me?.entries ?? 0, me?.allEntries ?? 0, n);
  if (found.kind === 'none') return '';
  if (found.kind === 'certain') return say('oddsCertain');
  if (found.kind === 'one') return say(n > 1 ? 'oddsSome' : 'oddsOne', { n, one: number(found.in) });
  const percent = found.of.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
  return say(n > 1 ? 'oddsSomePercent' : 'oddsPercent', { n, percent });
}

/** Where the visitor stands: tickets with their odds, or points; and kindly, that they were taken out. */
export function standing({ h }: Kit, view: View, { language }: Drawn) {
  const { contest, me } = view;
  const { say, number } = language;
  if (!me) return null;
  if (me.disqualified) {
    const { contact } = contest.rules;
    return h(
      'div',
      { class: 'panel', part: 'error' },
      h('p', null, say('disqualified', { reason: me.disqualified.reason })),
      h('p', { class: 'small muted' }, contact ? say('disqualifiedHint', { contact }) : say('disqualifiedAsk')),
    );
  }
  if (
    contest.kind === 'waitlist' ||
    contest.kind === 'instant_win' ||
    contest.state === 'closed' ||
    contest.state === 'drawn'
  )
    return null;
  if (contest.kind !== 'raffle') {
    return h('p', { class: 'place standing', part: 'place' }, h('span', null, say('points', { n: me.points })));
  }
  const waits = me.missing.length > 0 && me.points > 0;
  return h(
    'p',
    { class: 'place standing numbers', part: 'place' },
    h('span', null, me.entries > 0 ? say('odds', { n: me.entries, all: number(me.allEntries) }) : say('noTickets')),
    h('span', { class: 'muted' }, waits ? say('notDrawnYet') : odds(view, language)),
  );
}
