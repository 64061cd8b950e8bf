import type { ComponentChild } from 'preact';
import type { Language } from '../i18n/index.ts';

/** Reads an attribute of the element. */
export type Read = (attribute: string) => string | undefined;

/** What a view is drawn with. */
export interface Drawn {
  language: Language;
  /** Level of the heading. */
  heading: number;
  /** The element is in or near the window and the page at rest: what comes later may be read. */
  near: boolean;
  read: Read;
  /** Says something to those who listen. */
  say(message: string): void;
}

/** What an element's store needs of it. */
export interface Host {
  read: Read;
  /** Something could not be read. */
  error(code: string): void;
  say(message: string): void;
  /** The language of what is shown. */
  language(): Language;
}

/** One kind of element. */
export interface Kind<Store extends { stop(): void }> {
  name: string;
  /** Attributes that say what is shown, that which must be there first: when they change, a new store is opened. */
  keys: string[];
  /** Attributes that only change how it is drawn. */
  options: string[];
  open(host: Host): Store;
  /** `undefined` until there is something to show, `null` when there will be nothing. */
  view(store: Store, drawn: Drawn): ComponentChild;
  /** Stands for the view until then. */
  skeleton(read: Read): ComponentChild;
  /** Called after each drawing of the view. */
  drawn?(store: Store, root: ShadowRoot, near: boolean): void;
}

/** A whole number of an attribute from 1 to `most`. */
export function whole(text: string | undefined, fallback: number, most: number): number {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= 1 ? Math.min(value, most) : fallback;
}
