import type { Kit } from '../kit.ts';

/** A percentage as a ring in a box of 100 by 100; the number must stand in words beside it. */
export const ring = ({ h }: Kit, percent: number) =>
  h(
    'svg',
    { class: 'ring', viewBox: '0 0 100 100', 'aria-hidden': true },
    h('circle', { class: 'track', cx: 50, cy: 50, r: 43 }),
    percent > 0 &&
      h('circle', {
        class: 'arc',
        cx: 50,
        cy: 50,
        r: 43,
        pathLength: 100,
        'stroke-dasharray': `${percent} 100`,
        transform: 'rotate(-90 50 50)',
      }),
  );
