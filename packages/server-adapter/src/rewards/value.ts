import type { RewardDefinition } from '../db/reward-tables.ts';
import type { ConversionFact } from './facts.ts';

/** What a rule says it gives. */
export type Value = RewardDefinition['value'];

/** What somebody is given: an amount of money, points of a contest, or something the host hands out. */
export type Given =
  | { readonly kind: 'money'; readonly minor: number; readonly currency: string }
  | { readonly kind: 'points'; readonly contest: string; readonly points: number }
  | { readonly kind: 'coupon' | 'item'; readonly item: string };

/** A share of an amount, rounded down: hundredths of a percent of minor units, exact at any size. */
export const shareOf = (minor: number, basisPoints: number): number =>
  Number((BigInt(minor) * BigInt(basisPoints)) / 10_000n);

/** What a value comes to for a conversion (`null`: there is none); `null` when that is nothing. */
export function giveFor(value: Value, conversion: ConversionFact | null): Given | null {
  switch (value.kind) {
    case 'money':
      return { kind: 'money', minor: value.minor, currency: value.currency };
    case 'percent': {
      if (conversion?.minor == null || conversion.currency === null) return null;
      const share = shareOf(conversion.minor, value.basisPoints);
      const minor = Math.min(share, value.mostMinor ?? share);
      return minor > 0 ? { kind: 'money', minor, currency: conversion.currency } : null;
    }
    case 'points':
      return { kind: 'points', contest: value.contest, points: value.points };
    case 'coupon':
      return { kind: 'coupon', item: value.coupon };
    case 'item':
      return { kind: 'item', item: value.item };
  }
}

/** The value for somebody's n-th qualified referral: that of the highest tier reached. */
export function valueAt({ value, tiers }: RewardDefinition, position: number | null): Value {
  let reached = { referrals: 0, value };
  for (const tier of tiers) {
    if (position !== null && tier.referrals <= position && tier.referrals > reached.referrals) reached = tier;
  }
  return reached.value;
}

/** Every value a rule may give. */
export const valuesOf = ({ value, tiers, recurring, contest }: RewardDefinition): Value[] => [
  value,
  ...tiers.map((tier) => tier.value),
  ...(recurring?.introductory ? [recurring.introductory.value] : []),
  ...(contest?.prizes ?? []),
];
