import { routeCall } from '@laurelkit/sdk/client';
import { signal } from '@preact/signals';
import { h } from 'preact';
import { chunk } from '../chunks.ts';
import { later } from '../later.ts';
import { cleanName } from '../parts/name.ts';
import type { Queue } from '../review/store.ts';
import { session } from '../stores/session.ts';
import type { Host, Kind } from './kind.ts';

/** The queue once its code is there. */
interface Late {
  host: Host;
  queue?: Queue;
  stop(): void;
}

const kit = { h, signal, session, call: routeCall, later, cleanName };

/** `<laurel-review>`: what waits for staff to decide. Its code is a file of its own, read where there is such an element. */
export const review: Kind<Late> = {
  name: 'laurel-review',
  keys: ['program'],
  options: [],
  open: (host) => {
    const late: Late = { host, stop: () => late.queue?.stop() };
    return late;
  },
  view(late, drawn) {
    const part = chunk('review');
    if (!part) return part;
    late.queue ??= part.open(kit, late.host);
    return part.view(kit, late.queue, drawn);
  },
  skeleton: () => h('div', { class: 'card bones', part: 'card', 'aria-hidden': true }),
  drawn: ({ queue }, root) => {
    const part = chunk('review');
    if (part && queue) part.drawn(queue, root);
  },
};
