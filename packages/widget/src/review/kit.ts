import type { routeCall } from '@laurelkit/sdk/client';
import type { signal } from '@preact/signals';
import type { h as create } from 'preact';
import type { later } from '../later.ts';
import type { cleanName } from '../parts/name.ts';
import type { Session } from '../stores/session.ts';

/** What of the script the queue is made with, so that there is one of each. */
export interface Kit {
  h: typeof create;
  signal: typeof signal;
  session: Session;
  call: typeof routeCall;
  later: typeof later;
  cleanName: typeof cleanName;
}
