import { randomKey } from './random.ts';
import { isCurrent, isSameTouch, type KeptTouch, readTouch } from './touch.ts';

const storageKey = (program?: string) => `laurel_attribution${program ? `_${program}` : ''}`;

/** Which touch counts where there are two. */
export type Model = 'first' | 'last';

/** Does something that a page must not break by: its storage, its network or its address may be unusual. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The touch kept on this device for a programme, or for all, if it still counts. */
export const load = (program?: string): KeptTouch | undefined => {
  const value: unknown = attempt(() => JSON.parse(localStorage.getItem(storageKey(program)) ?? ''));
  return isCurrent(value, Date.now()) ? value : undefined;
};

/** Keeps a touch on this device; only with the visitor's consent. */
export const save = (touch: KeptTouch | undefined, program?: string): void =>
  attempt(() => touch && localStorage.setItem(storageKey(program), JSON.stringify(touch))) as undefined;

export const forget = (program?: string): void => attempt(() => localStorage.removeItem(storageKey(program)));

/** The touch in an address, as one of now. */
export const see = (address: string, parameters: readonly string[], windowDays = 30): KeptTouch | undefined =>
  attempt(() => {
    const found = readTouch(address, parameters);
    const now = Date.now();
    const expiresAt = new Date(now + windowDays * 86_400_000).toISOString();
    return found && { ...found, at: new Date(now).toISOString(), expiresAt, key: randomKey() };
  });

/** The touch seen, unless it is the kept one met again. */
export const unlessKept = (kept: KeptTouch | undefined, seen: KeptTouch | undefined): KeptTouch | undefined =>
  kept && seen && isSameTouch(kept, seen) ? undefined : seen;

export const choose = (
  kept: KeptTouch | undefined,
  seen: KeptTouch | undefined,
  model: Model,
): KeptTouch | undefined => (model === 'first' ? (kept ?? seen) : (seen ?? kept));
