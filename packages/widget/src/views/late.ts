import { type ComponentChild, h } from 'preact';
import { chunk } from '../chunks.ts';
import { type Kit, kit } from '../kit.ts';
import type { Chunks } from '../load.ts';
import type { Drawn, Host, Kind, Read } from './kind.ts';

/** An element's store once its code is there. */
export interface Late {
  host: Host;
  store?: { stop(): void };
  stop(): void;
}

/** What the file of such an element has. */
interface Part {
  open(kit: Kit, host: Host): { stop(): void };
  view(kit: Kit, store: { stop(): void }, drawn: Drawn): ComponentChild;
  drawn?(store: { stop(): void }, root: ShadowRoot): void;
}

/**
 * A kind of element whose code is a file of its own.
 * @param wanted - whether there is anything to show: if not, nothing is read and no room kept
 */
export const late = (
  file: keyof Chunks,
  name: string = file,
  keys: string[] = [],
  wanted: (read: Read) => unknown = () => true,
): Kind<Late> => ({
  name: `laurel-${name}`,
  keys,
  options: ['join-url'],
  open: (host) => {
    const late: Late = { host, stop: () => late.store?.stop() };
    return late;
  },
  view(late, drawn) {
    if (!late.store && !wanted(late.host.read)) return null;
    const part = chunk(file) as Part | null | undefined;
    if (!part) return part;
    late.store ??= part.open(kit, late.host);
    return part.view(kit, late.store, drawn);
  },
  skeleton: () => h('div', { class: `card bones ${file}`, part: 'card', 'aria-hidden': true }),
  drawn: ({ store }, root) => {
    if (store) (chunk(file) as Part).drawn?.(store, root);
  },
});

/**
 * The elements whose code is a file of its own, read where there is such an element. For each: the file, what the element is
 * called after `laurel-`, and the attributes that say what is shown, that which must be there first.
 */
export const lateKinds = [
  'contest contest contest',
  'editor contest-editor program contest',
  'review review program',
  'progress progress course',
  'course course course lesson',
  'video video course lesson',
  'catalogue catalogue',
  'author course-editor course',
  'learners cohort course cohort',
].map((line) => {
  const [file, name, ...keys] = line.split(' ') as [keyof Chunks, string];
  return late(file, name, keys);
});
