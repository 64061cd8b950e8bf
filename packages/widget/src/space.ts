import { quietly } from './quietly.ts';

const nameOf = (host: Element, key: string) => `laurel:${host.localName}:${key}`;

/** The height (CSS) the element had at the last visit, where it is as wide as it was then; else `''`. */
export function recall(host: Element, key: string): string {
  const [width, height] = quietly(() => JSON.parse(localStorage.getItem(nameOf(host, key)) ?? '')) ?? [];
  return Math.abs(host.getBoundingClientRect().width - width) <= 1 ? `${height}px` : '';
}

/** Keeps the size, so that the next skeleton fits. */
export function remember(host: Element, root: ShadowRoot, key: string): void {
  quietly(() => {
    const [width, height] = [
      host.getBoundingClientRect().width,
      root.firstElementChild?.getBoundingClientRect().height,
    ];
    localStorage.setItem(nameOf(host, key), JSON.stringify([width, height]));
  });
}
