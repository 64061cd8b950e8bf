import { onTestFinished, vi } from 'vitest';

/** A frame of this address in a page; what is said to it is kept, and it can answer. */
export function createFrame(src: string) {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  onTestFinished(() => void vi.unstubAllGlobals());
  const said: [message: unknown, origin: string][] = [];
  const contentWindow = { postMessage: (message: unknown, origin: string) => said.push([message, origin]) };
  const frame = Object.assign(new EventTarget(), { src, contentWindow });
  return {
    frame: frame as unknown as HTMLIFrameElement,
    said,
    answer(data: unknown, { origin = new URL(src).origin, source = contentWindow as unknown } = {}) {
      page.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
    },
  };
}

/** The events of a medium that were dispatched, in order. */
export function heard(player: { addEventListener(type: string, listener: () => void): void }): string[] {
  const types: string[] = [];
  for (const type of [
    ...['loadedmetadata', 'play', 'playing', 'pause', 'ended', 'timeupdate', 'seeking', 'seeked'],
    ...['ratechange', 'waiting', 'error'],
  ])
    player.addEventListener(type, () => types.push(type));
  return types;
}
