import { entriesOf } from './check-entries.ts';
import type { CommitmentDocument } from './commitment.ts';
import { instantOfRound, roundAt } from './drand.ts';
import type { Evidence } from './evidence.ts';
import { hold } from './flaw.ts';
import { needsChance } from './order.ts';

/**
 * The round that decides: the one committed, or the first at or after the freeze and the delay where that is later. `null`
 * where no beacon was committed.
 */
export function decidingRound({ source }: CommitmentDocument, frozenAt: string): number | null {
  if (source.kind !== 'drand') return null;
  return Math.max(source.round, roundAt(source.chain, Date.parse(frozenAt) + source.delaySeconds * 1000));
}

/** Whether the freeze came after the end and before its round. @throws Flaw */
export function checkFreeze(evidence: Evidence, document: CommitmentDocument): string {
  const { frozenAt, round } = evidence.freeze;
  hold(frozenAt >= document.endsAt, 'The entries were frozen before the end.');
  const deciding = decidingRound(document, frozenAt);
  const isLeftOut = round === null && !needsChance({ ...document, entries: entriesOf(evidence) });
  hold(round === deciding || isLeftOut, `Round ${round} is not the one that decides: that is ${deciding}.`);
  if (round === null || document.source.kind !== 'drand') return `Frozen at ${frozenAt}.`;
  const appears = instantOfRound(document.source.chain, round);
  hold(appears > Date.parse(frozenAt), `Round ${round} was there before the entries were frozen.`);
  return `Frozen at ${frozenAt}; round ${round} appeared at ${new Date(appears).toISOString()}.`;
}
