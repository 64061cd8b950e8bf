import { expect } from 'vitest';
import { canonicalJson, commitmentHash, type Evidence, verifyEvidence } from '../src/draws/index.ts';
import { makeEvidence, type Told, testChain } from './draws.ts';

export const chains = [testChain];
export const entries = ['ann', 'ben', 'cem', 'dea', 'eli', 'fay', 'gus'].map((id, index) => ({
  id,
  weight: 1 + (index % 3),
  seq: 10 + index,
}));
export const prizes = [
  { name: 'Bicycle', winners: 1 },
  { name: 'Bell', winners: 2 },
];
export const raffle: Told = { kind: 'raffle', tiePolicy: 'earliest', prizes, entries, takenOut: [1] };
export const evidence = makeEvidence(raffle);

/** Names of what does not hold after a change. */
export function failing(change: (copy: Evidence) => void, from = evidence): string[] {
  const copy = structuredClone(from);
  change(copy);
  const { valid, steps } = verifyEvidence(copy, { chains });
  const names = steps.filter(({ ok }) => !ok).map(({ name }) => name);
  expect(valid).toBe(names.length === 0);
  return names;
}

/** Writes the commitment anew, hash and all: what an operator could do who was never held to the first one. */
export function recommit(
  copy: Evidence,
  change: (document: Record<string, unknown>) => void,
  at = copy.commitments.length - 1,
) {
  const each = copy.commitments[at] as Evidence['commitments'][number];
  const document = JSON.parse(each.document);
  change(document);
  each.document = canonicalJson(document);
  each.hash = commitmentHash(each.document);
}
