import { fetchChunk } from './chunks.ts';
import type { Chunks } from './load.ts';
import { session } from './stores/session.ts';

type Live = ReturnType<Chunks['live']['createLive']>;

let live: Promise<Live | null> | undefined;

/** Follows live messages once the part that can is there; the answer stops it. */
export function whenLive(follow: (live: Live) => () => void): () => void {
  let stop: (() => void) | undefined;
  let stopped = false;
  live ??= fetchChunk('live').then((chunk) => chunk?.createLive(session) ?? null);
  void live.then((ready) => {
    if (ready && !stopped) stop = follow(ready);
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
