import {
  createFramePlayer,
  type FramePlayer,
  type FramePlayerOptions,
  type FrameState,
  finite,
} from './frame-player.ts';

const said = (message: object) => JSON.stringify({ ...message, id: 1, channel: 'widget' });
const command = (func: string, ...args: unknown[]) => said({ event: 'command', func, args });

/** The states of the IFrame player API: -1 not begun, 0 at the end, 1 plays, 2 paused, 3 waits for data, 5 cued. */
function heardState(value: unknown, state: FrameState): string[] {
  const number = finite(value);
  if (number === undefined) return [];
  const before = state.playing;
  state.playing = number === 1;
  state.ended = number === 0;
  if (state.ended) return ['ended'];
  return before === state.playing ? [] : [state.playing ? 'playing' : 'pause'];
}

function heardInfo(info: Record<string, unknown>, state: FrameState): string[] {
  const heard: string[] = [];
  state.duration = finite(info.duration) ?? state.duration;
  const time = finite(info.currentTime);
  if (time !== undefined) {
    state.currentTime = time;
    heard.push(state.seeking ? 'seeked' : 'timeupdate');
    state.seeking = false;
  }
  const rate = finite(info.playbackRate);
  if (rate && rate !== state.playbackRate) {
    state.playbackRate = rate;
    heard.push('ratechange');
  }
  return [...heard, ...heardState(info.playerState, state)];
}

/**
 * The YouTube player of an `<iframe>` whose address has `enablejsapi=1`, as a medium: by the messages of the IFrame player API.
 *
 * @throws TypeError when the frame shows something else.
 *
 * @example
 * ```ts
 * frame.src = 'https://www.youtube-nocookie.com/embed/…?enablejsapi=1';
 * trackVideo(youTubePlayer(frame), { lesson: 'welcome', lengthMs: 90_000, outbox });
 * ```
 */
export const youTubePlayer = (
  frame: HTMLIFrameElement,
  {
    origin = new URL(frame.src).hostname === 'www.youtube.com'
      ? 'https://www.youtube.com'
      : 'https://www.youtube-nocookie.com',
  }: FramePlayerOptions = {},
): FramePlayer =>
  createFramePlayer(frame, origin, {
    hello: [said({ event: 'listening' })],
    welcome: ['onStateChange', 'onPlaybackRateChange', 'onError'].map((name) => command('addEventListener', name)),
    command: {
      play: command('playVideo'),
      pause: command('pauseVideo'),
      seek: (seconds) => command('seekTo', seconds, true),
      rate: (rate) => command('setPlaybackRate', rate),
    },
    hear({ event, info }, state) {
      if (event === 'onReady') return [];
      if (event === 'onStateChange') return heardState(info, state);
      if (event === 'onPlaybackRateChange') return heardInfo({ playbackRate: info }, state);
      if (event === 'onError') return ['error'];
      if (event !== 'initialDelivery' && event !== 'infoDelivery') return undefined;
      return heardInfo((info ?? {}) as Record<string, unknown>, state);
    },
  });
