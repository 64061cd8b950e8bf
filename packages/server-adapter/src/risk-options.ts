import ipaddr from 'ipaddr.js';
import { LaurelConfigurationError } from './problem.ts';
import { addressRanges } from './settlement/address-ranges.ts';

/** How signs of fraud are looked for. */
export interface RiskOptions {
  /** Days that hashed addresses and browsers are kept after they were last seen, 1 to 400. Default: 90. */
  keepDays?: number;
  /** Throw-away e-mail domains: `add` to the list of the package, never count those of `except`, or `replace` it. */
  disposableDomains?: { add?: string[]; except?: string[]; replace?: string[] };
  /** Address ranges (CIDR) of datacentres, from where people do not sign up. Default: none. */
  datacentreRanges?: string[];
  /** Other weights than ours by signal code; 0 leaves a signal out. */
  weights?: Record<string, number>;
}

/** How signs of fraud are looked for, with every default filled in. */
export interface RiskSettings {
  keepDays: number;
  disposableDomains: { add: readonly string[]; except: readonly string[]; replace: readonly string[] | null };
  isDatacentre(address: string): boolean;
  weights: Readonly<Record<string, number>>;
}

export function settleRisk({
  keepDays = 90,
  disposableDomains,
  datacentreRanges,
  weights = {},
}: RiskOptions = {}): RiskSettings {
  if (!Number.isInteger(keepDays) || keepDays < 1 || keepDays > 400) {
    throw new LaurelConfigurationError('"risk.keepDays" must be a whole number of days from 1 to 400.');
  }
  for (const [code, weight] of Object.entries(weights)) {
    if (Number.isInteger(weight) && weight >= 0 && weight <= 1000) continue;
    throw new LaurelConfigurationError(`"risk.weights.${code}" must be a whole number from 0 to 1000.`);
  }
  const { add = [], except = [], replace = null } = disposableDomains ?? {};
  return {
    keepDays,
    disposableDomains: { add, except, replace },
    isDatacentre: datacentreQuestion(datacentreRanges ?? []),
    weights,
  };
}

function datacentreQuestion(ranges: readonly string[]): RiskSettings['isDatacentre'] {
  try {
    return addressRanges(ranges);
  } catch (cause) {
    const bad = ranges.find((range) => !ipaddr.isValidCIDR(range));
    throw new LaurelConfigurationError(
      `"risk.datacentreRanges" has "${bad}", which is no range such as 192.0.2.0/24.`,
      {
        cause,
      },
    );
  }
}
