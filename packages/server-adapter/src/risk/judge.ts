import type { RiskMode, Signal } from '../db/risk-tables.ts';
import type { Facts, Found } from './facts.ts';
import { type Decision, decisionOf } from './modes.ts';
import { address } from './signals/address.ts';
import { datacentre } from './signals/datacentre.ts';
import { disposable } from './signals/disposable.ts';
import { domain } from './signals/domain.ts';
import { graph } from './signals/graph.ts';
import { listed } from './signals/listed.ts';
import { mailbox } from './signals/mailbox.ts';
import { names } from './signals/names.ts';
import { payment } from './signals/payment.ts';
import { timing } from './signals/timing.ts';
import { traffic } from './signals/traffic.ts';
import { value } from './signals/value.ts';
import { velocity } from './signals/velocity.ts';
import { type SignalCode, type Weights, weighings } from './weights.ts';

const detectors: readonly ((facts: Facts) => Found<SignalCode>[])[] = [
  listed,
  mailbox,
  names,
  domain,
  payment,
  address,
  disposable,
  timing,
  value,
  velocity,
  datacentre,
  traffic,
  graph,
];

/** What the checks of a referral come to. */
export interface Judgement {
  score: number;
  decision: Decision;
  /** Heaviest first. */
  signals: Signal[];
}

/** Everything odd about a referral, whatever it weighs. */
export const findSignals = (facts: Facts): Found[] => detectors.flatMap((detect) => detect(facts));

const heavierFirst = (a: Signal, b: Signal) => b.weight - a.weight || (a.code < b.code ? -1 : 1);

/** Sums what was found: of one family the heaviest, and nothing that weighs 0. */
export function weigh(found: readonly Found[], mode: RiskMode, weights: Weights = {}): Judgement {
  if (mode === 'off') return { score: 0, decision: 'pass', signals: [] };
  const heaviest = new Map<string, Signal>();
  for (const { code, reason } of found) {
    const { group, family, severity, weight: ours } = weighings[code as SignalCode];
    const signal = { code, group, weight: weights[code] ?? ours, severity, reason };
    const rival = heaviest.get(family);
    if (signal.weight > 0 && (!rival || heavierFirst(signal, rival) < 0)) heaviest.set(family, signal);
  }
  const signals = [...heaviest.values()].sort(heavierFirst);
  const score = signals.reduce((sum, { weight }) => sum + weight, 0);
  return { score, decision: decisionOf(score, mode), signals };
}
