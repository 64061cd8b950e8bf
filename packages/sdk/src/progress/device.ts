import { randomKey } from '../random.ts';

const storageKey = 'laurel_device';
let unkept: string | undefined;

/**
 * Tells the devices of one learner apart: random, kept in `localStorage`, so one for each browser profile. Where nothing may
 * be kept it is one for each page.
 */
export function deviceId(): string {
  try {
    const kept = localStorage.getItem(storageKey) ?? randomKey();
    localStorage.setItem(storageKey, kept);
    return kept;
  } catch {
    unkept ??= randomKey();
    return unkept;
  }
}
