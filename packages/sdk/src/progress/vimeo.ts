import {
  createFramePlayer,
  type FramePlayer,
  type FramePlayerOptions,
  type FrameState,
  finite,
} from './frame-player.ts';

const events = [
  ...['play', 'playing', 'pause', 'ended', 'timeupdate', 'seeking', 'seeked'],
  ...['playbackratechange', 'bufferstart', 'bufferend', 'error'],
];

function heardEvent(event: string, data: Record<string, unknown>, state: FrameState): string[] | undefined {
  state.currentTime = finite(data.seconds) ?? state.currentTime;
  state.duration = finite(data.duration) ?? state.duration;
  if (event === 'play' || event === 'playing') Object.assign(state, { playing: true, ended: false });
  else if (event === 'pause') state.playing = false;
  else if (event === 'ended') Object.assign(state, { playing: false, ended: true });
  else if (event === 'seeking' || event === 'bufferstart') state.seeking = true;
  else if (event === 'seeked' || event === 'bufferend') state.seeking = false;
  else if (event === 'playbackratechange') {
    state.playbackRate = finite(data.playbackRate) ?? state.playbackRate;
    return ['ratechange'];
  } else if (event !== 'timeupdate' && event !== 'error' && event !== 'ready') return undefined;
  if (event === 'ready') return [];
  if (event === 'bufferstart') return ['waiting'];
  return [event === 'bufferend' ? 'playing' : event];
}

/**
 * The Vimeo player of an `<iframe>`, as a medium: by the messages of its player API.
 *
 * @throws TypeError when the frame shows something else.
 *
 * @example
 * ```ts
 * frame.src = 'https://player.vimeo.com/video/…';
 * trackVideo(vimeoPlayer(frame), { lesson: 'welcome', lengthMs: 90_000, outbox });
 * ```
 */
export const vimeoPlayer = (
  frame: HTMLIFrameElement,
  { origin = 'https://player.vimeo.com' }: FramePlayerOptions = {},
): FramePlayer =>
  createFramePlayer(frame, origin, {
    hello: [{ method: 'ping' }],
    welcome: events.map((value) => ({ method: 'addEventListener', value })),
    command: {
      play: { method: 'play' },
      pause: { method: 'pause' },
      seek: (value) => ({ method: 'setCurrentTime', value }),
      rate: (value) => ({ method: 'setPlaybackRate', value }),
    },
    hear({ event, method, data }, state) {
      if (method === 'ping') return [];
      return typeof event === 'string' ? heardEvent(event, (data ?? {}) as Record<string, unknown>, state) : undefined;
    },
  });
