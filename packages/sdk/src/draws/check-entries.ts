import type { CommitmentDocument } from './commitment.ts';
import type { Evidence } from './evidence.ts';
import { hold } from './flaw.ts';
import { merkleSumRoot } from './merkle-sum.ts';
import type { FrozenEntry } from './order.ts';
import { mostTickets } from './positions.ts';

/** Most tickets of a raffle, all together. */
export const mostTicketsInAll = 10_000_000;

/** Entries as the functions of a draw take them. */
export const entriesOf = ({ entries }: Evidence): FrozenEntry[] =>
  entries.map(([id, weight, seq]) => ({ id, weight, seq }));

/** Whether the list of entries is one that could be frozen: sorted, nobody twice, weights within bounds. @throws Flaw */
export function checkEntries({ entries, freeze }: Evidence, { kind, mostEntries }: CommitmentDocument): string {
  const most = kind === 'raffle' ? Math.min(mostTickets, mostEntries ?? mostTickets) : Number.MAX_SAFE_INTEGER;
  let total = 0;
  for (const [index, [id, weight, seq]] of entries.entries()) {
    const before = entries[index - 1]?.[0];
    hold(before === undefined || before < id, `${id} is not in the order of ids, or is there twice.`);
    hold(weight <= most, `${id} has ${weight} tickets, more than ${most}.`);
    hold(seq <= freeze.seq, `${id} was reached after the freeze.`);
    total += weight;
  }
  hold(kind !== 'raffle' || total <= mostTicketsInAll, `There are more than ${mostTicketsInAll} tickets.`);
  hold(new Set(entries.map(([, , seq]) => seq)).size === entries.length, 'Two entries have one sequence number.');
  return `${entries.length} entries, ${total} ${kind === 'raffle' ? 'tickets' : 'points'}.`;
}

/** Whether the root that was published at the freeze is that of the entries. @throws Flaw */
export function checkRoot(evidence: Evidence): string {
  const { hash, sum, count } = merkleSumRoot(entriesOf(evidence));
  const { root } = evidence.freeze;
  hold(root.count === count && root.sum === sum, `The root counts ${root.count} entries and ${root.sum} in all.`);
  hold(root.hash === hash, 'The entries are not those that were frozen: they have another root.');
  return hash;
}
