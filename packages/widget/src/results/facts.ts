import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Check } from './check.ts';
import { partOf, type parts } from './proof-parts.ts';

type Fact = [name: string, value: string, long?: boolean];

function promised({ evidence }: Check, { say }: Language): Fact[] {
  const { commitments = [], freeze } = evidence ?? {};
  return [
    ...commitments.map(
      ({ hash, version }): Fact => [commitments.length > 1 ? `${say('hash')} ${version}` : say('hash'), hash, true],
    ),
    ...(freeze?.round ? [[say('round', { round: `${freeze.round}` }), ''] as Fact] : []),
  ];
}

function entries({ evidence, receipt, weight }: Check, { say, number }: Language): Fact[] {
  const { root } = evidence?.freeze ?? {};
  const own: Partial<Record<Check['receipt'], string>> = {
    good: say(evidence?.contest.kind === 'raffle' ? 'receiptFound' : 'receiptPoints', { n: weight }),
    bad: say('receiptBad'),
    none: say('receiptNone'),
    unable: say('receiptUnable'),
  };
  return [
    ...(root
      ? [
          [
            say(evidence?.contest.kind === 'raffle' ? 'entrants' : 'entrantsPoints', {
              n: root.count,
              all: number(root.sum),
            }),
            '',
          ] as Fact,
          [say('root'), root.hash, true] as Fact,
        ]
      : []),
    ...(own[receipt] ? [[own[receipt], ''] as Fact] : []),
  ];
}

function chance({ evidence, steps }: Check, { say }: Language): Fact[] {
  const { randomness, order = [], winners = [] } = evidence ?? {};
  const past = (name: string) => steps.some((step) => step.name === name && step.ok);
  const source = (): Fact => {
    if (!randomness) return [say('noChance'), ''];
    if (randomness.kind === 'drand') return [say('signatureOf'), randomness.signature, true];
    return [say('numbersSource'), randomness.numbers.map((each) => each.join(' ')).join(' / ')];
  };
  return [
    ...(past('randomness') ? [source()] : []),
    ...(past('order') ? [[say('order', { n: order.length }), ''] as Fact] : []),
    ...(past('winners') ? [[say('winnersFit', { n: winners.length }), ''] as Fact] : []),
  ];
}

const factsOf = { promised, entries, chance };

/** What a plain step found, in numbers to compare elsewhere; where something does not hold, what. */
export function facts({ h }: Kit, check: Check, part: (typeof parts)[number], language: Language) {
  const flaws = check.steps.filter(({ name, ok }) => !ok && partOf[name] === part);
  return h(
    'ul',
    { class: 'small found' },
    factsOf[part](check, language).map(([name, value, long]) =>
      h('li', { key: name }, name, value && [': ', h(long ? 'code' : 'span', { dir: 'ltr' }, value)]),
    ),
    flaws.map(({ name, detail }) => h('li', { key: `flaw ${name}`, class: 'wrong', lang: 'en' }, detail)),
  );
}
