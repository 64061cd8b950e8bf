import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';

type Size = readonly [width: number, height: number];

function recall(name: string): Size | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as Size | null;
  } catch {
    return null;
  }
}

function remember(name: string, box: Element | null): void {
  try {
    const { width, height } = (box as Element).getBoundingClientRect();
    localStorage.setItem(name, JSON.stringify([width, height]));
  } catch {}
}

/**
 * Keeps what is below from moving: gives the skeleton the height the element had at the last visit, and returns the
 * least height, in CSS, of what replaces it: the skeleton's where its end is in sight, until the page's width changes.
 */
export function useSpace(root: RefObject<HTMLElement | null>, shown: boolean, name: string): string {
  const [free, setFree] = useState(false);
  useLayoutEffect(() => {
    const skeleton = root.current?.firstElementChild as HTMLElement | null | undefined;
    const size = recall(name);
    if (!skeleton || shown || !size || Math.abs(skeleton.getBoundingClientRect().width - size[0]) > 1) return;
    skeleton.style.blockSize = `${size[1]}px`;
    skeleton.style.overflow = 'hidden';
  }, []);
  const least = useMemo(() => {
    const box = shown && root.current?.getBoundingClientRect();
    return box && box.bottom > 0 && box.bottom < innerHeight ? `${box.height}px` : '';
  }, [root, shown]);
  useEffect(() => {
    if (!shown) return;
    const width = innerWidth;
    const onResize = () => innerWidth !== width && setFree(true);
    const timer = setTimeout(() => remember(name, root.current?.firstElementChild ?? null), 1500);
    addEventListener('resize', onResize);
    return () => {
      clearTimeout(timer);
      removeEventListener('resize', onResize);
    };
  }, [root, shown, name]);
  return free ? '' : least;
}
