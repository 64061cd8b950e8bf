import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import { tieMessage } from '../parts/tie-words.ts';
import type { Drawn } from '../views/kind.ts';
import type { Contest, Mine, Prize, View } from './state.ts';

const sentences = (...all: (string | number | false | null)[]) => all.filter(Boolean).join(' ');

/** How winners are found, in a few sentences, with what becomes of equal points where they decide something. */
function how(contest: Contest, { say }: Language): string {
  const n = contest.prizes.reduce((sum, { winners }) => sum + winners, 0);
  const tie = tieMessage(contest);
  const equals = tie ? say(tie) : '';
  switch (contest.kind) {
    case 'raffle':
      return sentences(
        n > 0 && say('howRaffle', { n }),
        contest.mostEntries && say('howMost', { n: contest.mostEntries }),
      );
    case 'leaderboard':
      return n > 0 ? sentences(say('howLeaderboard', { n }), equals) : '';
    case 'milestone':
      return say('howMilestone');
    case 'waitlist':
      return sentences(say('howWaitlist'), equals);
    case 'instant_win':
      return sentences(say('howInstant'), n > 0 && equals);
    case 'league':
      return sentences(say('howLeague'), n > 0 && equals);
  }
}

/** How far the visitor is from the points that earn a prize. */
function progress({ h, cleanName }: Kit, { atPoints = 1, name }: Prize, { points }: Mine, { say }: Language) {
  const left = atPoints - points;
  const value = Math.max(0, Math.min(points, atPoints));
  return [
    h('progress', {
      key: 'progress',
      class: 'meter',
      part: 'progress',
      max: atPoints,
      value,
      'aria-label': cleanName(name),
      style: { '--done': `${(value / atPoints) * 100}%` },
    }),
    h(
      'p',
      { key: 'left', class: 'small muted numbers' },
      left > 0 ? say('pointsToGo', { n: left }) : say('pointsReached'),
    ),
  ];
}

/** What there is to win, with how many get it, and how; the odds of a play where chance decides at once. */
export function prizes(kit: Kit, { contest, me, stock: left }: View, { language, heading }: Drawn) {
  const { h, cleanName } = kit;
  const { say } = language;
  const prize = (each: Prize, index: number) => {
    const facts = [
      each.atPoints !== undefined && say('atPoints', { n: each.atPoints }),
      (each.winners > 1 || contest.prizes.length > 1) && say('winners', { n: each.winners }),
    ].filter(Boolean);
    return h(
      'li',
      { key: index, class: 'prize', part: 'prize' },
      h('bdi', { class: 'gift' }, cleanName(each.name)),
      each.description && h('p', { class: 'small muted prose' }, each.description),
      facts.length > 0 && h('p', { class: 'small numbers' }, facts.join(' · ')),
      me && each.atPoints !== undefined && progress(kit, each, me, language),
    );
  };
  const odds = (oneIn: number, stock: number, left = stock) => {
    if (left === 0) return say('noneLeft');
    const rest = left < stock ? say('leftOf', { n: left, all: stock }) : say('inStock', { n: stock });
    return `${say('oneInPlays', { n: oneIn })} · ${rest}`;
  };
  const chances = contest.instantWin?.prizes.map(({ name, oneIn, stock }, index) =>
    h(
      'li',
      { key: `play ${index}`, class: 'prize', part: 'prize' },
      h('bdi', { class: 'gift' }, cleanName(name)),
      h('p', { class: 'small numbers' }, odds(oneIn, stock, left?.[index]?.left)),
    ),
  );
  const all = [...contest.prizes.map(prize), ...(chances ?? [])];
  const words = how(contest, language);
  if (all.length === 0 && !words) return null;
  return h(
    'div',
    { class: 'winnings' },
    all.length > 0 && [
      h(`h${Math.min(6, heading + 1)}`, { key: 'title', class: 'sub' }, say('prizes')),
      h('ul', { key: 'list', class: 'prizes' }, all),
    ],
    words && h('p', { class: 'small muted' }, words),
  );
}
