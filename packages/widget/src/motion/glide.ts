/** Where rows stood and what they said when last looked at. */
export type Places = Map<string, { top: number; score: string }>;

const calm = () => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;

const rise = 'cubic-bezier(.2,.7,.2,1)';

/**
 * Lets elements with `data-id` glide from their old place to the new one and counts changed scores up. Nothing moves
 * out of view or under reduced motion. Returns the new places.
 */
export function glide(root: HTMLElement, before: Places | undefined): Places {
  const origin = root.getBoundingClientRect().top;
  const after: Places = new Map();
  const still = calm();
  let moved = 0;
  for (const element of root.querySelectorAll<HTMLElement>('[data-id]')) {
    const { id = '', score = '' } = element.dataset;
    const box = element.getBoundingClientRect();
    const top = box.top - origin;
    const old = before?.get(id);
    after.set(id, { top, score });
    if (!old || box.bottom < 0 || box.top > innerHeight) continue;
    const by = old.top - top;
    if (Math.abs(by) > 1 && !still) {
      const frames = [{ transform: `translateY(${by}px)` }, { transform: 'none' }];
      element.animate?.(frames, { duration: 260, delay: Math.min(40, moved * 8), easing: rise, fill: 'backwards' });
      moved += 1;
    }
    if (old.score === score) continue;
    if (!still) countUp(element.querySelector('.score'), Number(old.score), Number(score));
  }
  return after;
}

/** Counts a rendered number up within 400 ms, ending with the very text that was rendered. */
export function countUp(element: Element | null, from: number, to: number): void {
  const text = element?.firstChild as Text | null;
  if (!text) return;
  const final = text.data;
  const locale = element?.closest('[lang]')?.getAttribute('lang') ?? undefined;
  const numbers = new Intl.NumberFormat(locale);
  const began = performance.now();
  let shown = final;
  const step = () => {
    if (text.data !== shown) return;
    const progress = Math.min(1, (performance.now() - began) / 400);
    shown = progress < 1 ? numbers.format(Math.round(from + (to - from) * (1 - (1 - progress) ** 3))) : final;
    text.data = shown;
    if (progress < 1) requestAnimationFrame(step);
  };
  step();
}
