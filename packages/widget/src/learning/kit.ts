import type { Kit } from '../kit.ts';
import type { Chunks } from '../load.ts';
import type { Host } from '../views/kind.ts';

/** The kit, and what the faces of a course have in common: a file of its own that they share. */
export type LearningKit = Kit & { learning: Chunks['learning'] };

/** The kit with what is shared; `undefined` until that has been read, `null` where it cannot be. */
export function withLearning(kit: Kit): LearningKit | null | undefined {
  const learning = kit.chunk('learning');
  return learning && { ...kit, learning };
}

/** The store of an element, once what it is made with is there. */
export interface Holder<Store> {
  host: Host;
  store?: Store;
  stop(): void;
}

/** A place for a store. */
export function holderOf<Store extends { stop(): void }>(host: Host): Holder<Store> {
  const holder: Holder<Store> = { host, stop: () => holder.store?.stop() };
  return holder;
}
