/** What is used of hls.js, which the host brings. */
interface Hls {
  loadSource(url: string): void;
  attachMedia(media: HTMLMediaElement): void;
  on(event: string, listener: (event: string, data: { fatal?: boolean }) => void): void;
  destroy(): void;
}
interface HlsClass {
  new (): Hls;
  isSupported(): boolean;
}

/**
 * Has a video play an HLS playlist: by itself where the browser can, else by `globalThis.Hls` (hls.js). The answer stops it;
 * `null` where neither is there.
 */
export function playHls(video: HTMLVideoElement, url: string, onBroken: () => void): (() => void) | null {
  if (video.canPlayType('application/vnd.apple.mpegurl')) {
    video.src = url;
    return () => {};
  }
  const { Hls } = globalThis as { Hls?: HlsClass };
  if (!Hls?.isSupported()) return null;
  const hls = new Hls();
  hls.on('hlsError', (_, { fatal }) => fatal && onBroken());
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}
