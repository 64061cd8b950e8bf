import { routeCall } from '@laurelkit/sdk/client';
import { signal } from '@preact/signals';
import { h } from 'preact';
import { chunk } from './chunks.ts';
import { emit } from './emit.ts';
import { later } from './later.ts';
import { whenLive } from './live.ts';
import { icon, paths } from './parts/icon.tsx';
import { Link } from './parts/link.tsx';
import { cleanName } from './parts/name.ts';
import { safeUrl } from './parts/safe-url.ts';
import { title } from './parts/title.ts';
import { checked } from './stores/ask.ts';
import { createReader } from './stores/reader.ts';
import { session } from './stores/session.ts';

/** What the script lends to the files it reads later, so that there is one Preact, one session, one of each part. */
export const kit = {
  h,
  signal,
  later,
  Link,
  icon,
  paths,
  title,
  emit,
  safeUrl,
  cleanName,
  chunk,
  call: routeCall,
  checked,
  session,
  createReader,
  whenLive,
};

/** As {@link kit}. */
export type Kit = typeof kit;
