import type { Player } from './media.ts';

/** A player in an `<iframe>` that is spoken to by messages. */
export interface FramePlayer extends Player {
  /** Seconds; `NaN` until it is known. */
  readonly duration: number;
  /** Speaks with it no longer. */
  close(): void;
}

/** Options of the players in an `<iframe>`. */
export interface FramePlayerOptions {
  /** The origin whose messages are believed; that of the provider unless told. */
  origin?: string;
}

/** What is known of the player. */
export interface FrameState {
  currentTime: number;
  duration: number;
  playbackRate: number;
  playing: boolean;
  seeking: boolean;
  ended: boolean;
}

/** How one provider’s player is spoken to. */
export interface Speech {
  /** Asks it to answer; said until it has. */
  hello: unknown[];
  /** Said once it has answered. */
  welcome: unknown[];
  command: {
    play: unknown;
    pause: unknown;
    seek(seconds: number): unknown;
    rate(rate: number): unknown;
  };
  /** Takes in what it says; answers the events of a medium that this is, none where it is not understood. */
  hear(message: Record<string, unknown>, state: FrameState): string[] | undefined;
}

const helloMs = 250;

/** A finite number, or nothing. */
export const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

function read(data: unknown): Record<string, unknown> | undefined {
  try {
    const message: unknown = typeof data === 'string' ? JSON.parse(data) : data;
    return typeof message === 'object' && message ? (message as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A medium over the messages of a player in an `<iframe>`; no script of the provider is loaded. Only messages from this frame
 * and the origin are believed, and nothing is said to any other.
 *
 * @throws TypeError when the address of the frame is not of the origin.
 */
export function createFramePlayer(frame: HTMLIFrameElement, origin: string, speech: Speech): FramePlayer {
  if (new URL(frame.src).origin !== origin)
    throw new TypeError(`The frame shows ${frame.src}, which is not of ${origin}`);
  const state: FrameState = {
    ...{ currentTime: 0, duration: Number.NaN, playbackRate: 1 },
    ...{ playing: false, seeking: false, ended: false },
  };
  const events = new EventTarget();
  const emit = (type: string) => events.dispatchEvent(new Event(type));
  let answered = false;

  // Until the frame has loaded it is of another origin, and the browser delivers nothing.
  const say = (message: unknown) => frame.contentWindow?.postMessage(message, origin);
  const greet = () => speech.hello.forEach(say);
  const greeting = setInterval(greet, helloMs);

  function onMessage(event: MessageEvent): void {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const message = read(event.data);
    const heard = message && speech.hear(message, state);
    if (!heard) return;
    if (!answered) {
      answered = true;
      clearInterval(greeting);
      speech.welcome.forEach(say);
      emit('loadedmetadata');
    }
    heard.forEach(emit);
  }
  addEventListener('message', onMessage);
  frame.addEventListener('load', greet);

  return {
    get currentTime() {
      return state.currentTime;
    },
    set currentTime(seconds) {
      say(speech.command.seek(seconds));
      state.currentTime = seconds;
      state.seeking = true;
      state.ended = false;
      emit('seeking');
    },
    get playbackRate() {
      return state.playbackRate;
    },
    set playbackRate(rate) {
      say(speech.command.rate(rate));
    },
    get paused() {
      return !state.playing;
    },
    get seeking() {
      return state.seeking;
    },
    get ended() {
      return state.ended;
    },
    get duration() {
      return state.duration;
    },
    get readyState() {
      return answered ? 1 : 0;
    },
    play: () => say(speech.command.play),
    pause: () => say(speech.command.pause),
    addEventListener: (type, listener) => events.addEventListener(type, listener),
    removeEventListener: (type, listener) => events.removeEventListener(type, listener),
    close() {
      clearInterval(greeting);
      removeEventListener('message', onMessage);
      frame.removeEventListener('load', greet);
    },
  } as FramePlayer;
}
