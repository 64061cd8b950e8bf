import type { ContestSettings } from '../db/contest-tables.ts';
import { counted, list } from './rules-words.ts';

const ties = {
  earliest: 'Of those with equally many points, the one who reached them first comes first.',
  shared: 'Those with equally many points share the place, and with it the prize.',
  draw: 'The order of those with equally many points is drawn by lot.',
};

/** How the order comes about, and what the chances are. */
export function howWinnersAreChosen(settings: ContestSettings): string[] {
  return [...(settings.kind === 'instant_win' ? plays(settings) : []), ...order(settings)];
}

function order({ kind, tiePolicy, mostEntries, prizes, league, teamSize }: ContestSettings): string[] {
  const teams =
    teamSize === null
      ? []
      : [`Participants can form teams of up to ${teamSize}; prizes go to participants, not to teams.`];
  if (kind === 'raffle') {
    return [
      `The winners are drawn by lot. Every point is a ticket${mostEntries === null ? '' : `, up to ${counted(mostEntries, 'ticket')} for each participant`}. Nobody wins twice in this draw.`,
      'The chance of the first prize is one’s own tickets divided by all tickets. It depends on how many take part, so it is known only at the end.',
      ...teams,
    ];
  }
  if (kind === 'milestone') {
    return ['A prize goes to those who reach its points first, in the order in which they reach them.', ...teams];
  }
  const cohorts =
    kind === 'league' && league
      ? [
          `Participants play in groups of up to ${league.size}. At the end of each period the best ${league.promote} of a group go up a division and the last ${league.demote} go down. The divisions are, from the lowest: ${list(league.divisions)}.`,
        ]
      : [];
  const waiting =
    kind === 'waitlist' ? ['The places of the waiting list go by points: more points, further ahead.'] : [];
  const ranked = `${prizes.length > 0 ? 'The winners are' : 'The first are'} those with the most points over the whole contest; who has none has no place. ${ties[tiePolicy]}`;
  return [...cohorts, ...waiting, ranked, ...teams];
}

function plays({ instantWin }: ContestSettings): string[] {
  if (!instantWin) return [];
  return [
    `Each participant has ${counted(instantWin.playsPerDay, 'play')} a day. Whether a play wins is settled at once.`,
    ...instantWin.prizes.map(
      ({ name, oneIn, stock }) =>
        `A play wins “${name}” with a chance of 1 in ${new Intl.NumberFormat('en').format(oneIn)}, as long as any of the ${new Intl.NumberFormat('en').format(stock)} are left.`,
    ),
    'Most plays win nothing. Earlier plays do not change the chance of later ones.',
  ];
}

/** What anybody can check, and by what. */
export function checkedDraw({ kind, tiePolicy, draw, instantWin }: ContestSettings): string[] {
  const byChance = kind === 'raffle' || tiePolicy === 'draw';
  const paragraphs = [
    'At the end all entries are fixed: a checksum over them is published, and every participant can get a signed receipt that proves their own entry.',
  ];
  if (byChance) {
    const numbers = draw.numbers.map((name) => `“${name}”`);
    const source =
      draw.source === 'numbers'
        ? `The lot is decided by public numbers that are not known before the end: ${list(numbers)}.`
        : `The lot is decided by the public random beacon drand (quicknet): by the first number it publishes ${counted(draw.delaySeconds, 'second')} or more after the end, later by rule if the entries are fixed late.${numbers.length > 0 ? ` If the beacon cannot be reached for a day, by ${list(numbers)}.` : ''}`;
    paragraphs.push(
      'Before the end these rules and the way of the draw are published with a checksum, so that neither can be chosen afterwards.',
      source,
      'From the published entries and numbers anybody can work out the whole order again, with a program of their own. Nobody, the organiser included, can choose the outcome or draw again.',
    );
  }
  if (instantWin) {
    paragraphs.push(
      'The chances of all plays follow from one secret number. Its checksum is published before the first play and the number itself after the end, so that every play can be checked.',
    );
  }
  return paragraphs;
}
