import { type CommitmentDocument, type CommittedSource, type DrandChain, roundAt } from '@laurelkit/sdk/draws';
import type { ContestSettings } from '../db/contest-tables.ts';

/** What of a contest goes into its commitment. */
export interface Terms {
  id: string;
  name: string;
  ends_at: Date;
  settings: ContestSettings;
  rules_version: number;
  rules_hash: string;
  /** Of the instant wins’ seed. */
  seed_hash: string | null;
}

/** What the installation adds. */
export interface Promiser {
  chain: DrandChain;
  /** Public key of the receipts. */
  receiptKey: string;
}

/** SHA-256 of nothing: what is named where no rules are written down yet. */
export const noRules = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Seconds without the beacon after which public numbers may decide. */
export const fallbackSeconds = 86_400;

/** Whether the order may have to be left to chance. */
const leavesToChance = ({ kind, tiePolicy }: ContestSettings) => kind === 'raffle' || tiePolicy === 'draw';

function sourceOf({ settings, ends_at }: Terms, chain: DrandChain): CommittedSource {
  if (!leavesToChance(settings)) return { kind: 'none' };
  const { source, delaySeconds, numbers } = settings.draw;
  if (source === 'numbers') return { kind: 'numbers', numbers };
  return { kind: 'drand', chain, round: roundAt(chain, ends_at.getTime() + delaySeconds * 1000), delaySeconds };
}

/** What is promised of a contest before it ends, as version `version`. `docs/draws.md` tells what each part means. */
export function commitmentOf(terms: Terms, version: number, { chain, receiptKey }: Promiser): CommitmentDocument {
  const { settings, seed_hash: seedHash } = terms;
  const source = sourceOf(terms, chain);
  const { numbers } = settings.draw;
  return {
    algorithm: 'vrs-w1',
    contest: terms.id,
    name: terms.name,
    version,
    kind: settings.kind,
    tiePolicy: settings.tiePolicy,
    endsAt: terms.ends_at.toISOString(),
    rulesVersion: terms.rules_version,
    rulesHash: terms.rules_hash,
    prizes: settings.prizes.map(({ name, winners, atPoints }) => ({
      name,
      winners,
      ...(atPoints !== undefined && { atPoints }),
    })),
    mostEntries: settings.mostEntries,
    substitutes: 'next in order',
    receiptKey,
    instantWin:
      settings.instantWin && seedHash !== null
        ? { seedHash, prizes: settings.instantWin.prizes.map(({ name, oneIn, stock }) => ({ name, oneIn, stock })) }
        : null,
    source,
    fallback: source.kind === 'drand' && numbers.length > 0 ? { numbers, afterSeconds: fallbackSeconds } : null,
  };
}
