import type { Api } from '@laurelkit/sdk/client';
import {
  type Interval,
  lengthOf,
  type ProgressOutbox,
  trackTime,
  trackVideo,
  union,
  vimeoPlayer,
  youTubePlayer,
} from '@laurelkit/sdk/progress';
import type { Kit } from '../kit.ts';
import { playHls } from './hls.ts';
import { shareOf } from './share.ts';

/** A lesson as the API answers it, but for its text. */
export type Lesson = Omit<Awaited<ReturnType<Api['lessons']['get']>>, 'blocks'>;
/** The video of a lesson. */
export type Video = NonNullable<Lesson['video']>;

/** What is to be watched. */
export interface Given {
  lesson: Lesson & { video: Video };
  /** Where progress goes; without it nothing is counted (staff). */
  outbox?: ProgressOutbox | undefined;
  /** Report too that it was opened and how long it was in front of the learner: where nothing around it does. */
  alone?: boolean;
  /** The learner has finished it here; without it the page is told as `laurel:completed`. */
  onDone?(): void;
  /** Reads the state of the lesson again: another tab may have finished it. */
  reread?(): Promise<Lesson['state']>;
}

interface State {
  /** What was played, on all devices as far as known. */
  played: readonly Interval[];
  /** Where it goes on, milliseconds. */
  resume: number;
  /** Where it stands, whole seconds. */
  second: number;
  rate: number;
  broken: 'broken' | 'unsupported' | '';
  /** How many events wait to be sent. */
  waiting: number;
  offline: boolean;
  /** Why the last refused event was. */
  refused: string;
  done: boolean;
  /** It became done while it was watched. */
  celebrate: boolean;
  /** It has been begun since it is shown. */
  begun: boolean;
  /** Goes up to have the medium made anew. */
  turn: number;
}

type Player = HTMLVideoElement | ReturnType<typeof youTubePlayer>;

const waitingMs = 5000;
const rereadMs = 3000;
/** Nobody wants to go on in the first seconds, or in the last. */
const edgeMs = 5000;
/** A playhead that stands no farther off was not moved. */
const sameSpotMs = 1000;

/** Where it goes on, milliseconds; 0 for the beginning. */
export function resumeOf({ positionMs, video }: Pick<Given['lesson'], 'positionMs' | 'video'>): number {
  const at = positionMs ?? 0;
  return at >= edgeMs && at <= video.lengthMs - edgeMs ? at : 0;
}

/** One video that is watched: what was played of it, where it stands, and what became of it. */
export type Watching = ReturnType<typeof createWatching>;

/** Follows one video. */
export function createWatching({ signal, later, emit, safeUrl }: Kit, given: Given) {
  const { lesson, outbox, alone, onDone, reread } = given;
  const { video } = lesson;
  let known: Interval[] = union(lesson.watched as unknown as Interval[]);
  const state = signal<State>({
    ...{ played: known, resume: resumeOf(lesson), second: Math.floor(resumeOf(lesson) / 1000), rate: 1 },
    ...{ broken: '', waiting: 0 },
    ...{
      offline: !navigator.onLine,
      refused: '',
      done: lesson.state === 'done',
      celebrate: false,
      begun: false,
      turn: 0,
    },
  });
  const set = (changes: Partial<State>) => {
    const now = state.peek();
    const differ = (Object.keys(changes) as (keyof State)[]).some((key) => changes[key] !== now[key]);
    if (differ) state.value = { ...now, ...changes };
  };
  let element: Element | null = null;
  let player: Player | undefined;
  let release: (() => void) | undefined;
  let tracker: ReturnType<typeof trackVideo> | undefined;

  const need = lesson.todo.find(({ kind }) => kind === 'watched')?.need ?? 100;
  let finished = lesson.state === 'done';
  const finish = () => {
    if (finished) return;
    finished = true;
    set({ done: true, celebrate: true });
    if (onDone) onDone();
    else emit(element, 'completed', { course: lesson.course, lesson: lesson.id });
  };
  const ask = later(async () => {
    if (!state.peek().done && (await reread?.()) === 'done') finish();
  }, rereadMs);
  const wait = later(async () => set({ waiting: (await outbox?.pending()) ?? 0 }), waitingMs);

  async function onChange(): Promise<void> {
    const pending = (await outbox?.pending()) ?? 0;
    // Only what waits for long is told of.
    if (pending) return wait.call();
    wait.cancel();
    set({ waiting: 0 });
    if (!state.peek().done && shareOf(state.peek().played, [0, video.lengthMs]) >= need) ask.call();
  }

  function onMoment(): void {
    if (!player) return;
    const played = tracker ? union(known, tracker.played()) : known;
    const second = Math.floor(player.currentTime || 0);
    const grown = Math.floor(lengthOf(played) / 1000) !== Math.floor(lengthOf(state.peek().played) / 1000);
    const begun = state.peek().begun || !player.paused;
    set({ second, begun, rate: player.playbackRate || 1, ...((grown || player.paused) && { played }) });
  }

  function open(next: HTMLVideoElement | HTMLIFrameElement): Player {
    if (next instanceof HTMLVideoElement) {
      const onBroken = () => set({ broken: 'broken' });
      next.addEventListener('error', onBroken);
      const stopHls = video.provider === 'hls' ? playHls(next, safeUrl(video.url) ?? '', onBroken) : () => {};
      if (!stopHls) set({ broken: 'unsupported' });
      release = () => {
        next.removeEventListener('error', onBroken);
        stopHls?.();
      };
      return next;
    }
    const frame = video.provider === 'youtube' ? youTubePlayer(next) : vimeoPlayer(next);
    frame.addEventListener('error', () => set({ broken: 'broken' }));
    release = frame.close;
    return frame;
  }

  function leave(): void {
    tracker?.stop();
    release?.();
    tracker = release = player = undefined;
  }

  function track(medium: Player): void {
    if (!outbox) return;
    // A frame is told in its address where to begin, and tells of jumps late.
    const how = medium === element ? { resumeMs: state.peek().resume || null } : { slackMs: 1000 };
    tracker = trackVideo(medium, { lesson: lesson.id, lengthMs: video.lengthMs, outbox, onPlayed: onMoment, ...how });
  }

  /** Goes on where another device left it, unless the learner plays it or has moved it here. */
  function move(to: number): void {
    const { begun, resume } = state.peek();
    if (to === resume || begun || !(element instanceof HTMLVideoElement) || !element.paused) return;
    if (element.readyState > 0 && Math.abs(element.currentTime * 1000 - resume) > sameSpotMs) return;
    // What follows it would report the jump as the learner's own.
    tracker?.stop();
    element.currentTime = to / 1000;
    set({ resume: to, second: Math.floor(to / 1000) });
    track(element);
  }

  /** Follows the medium that is shown now. Call after each drawing. */
  function attach(next: Element | null): void {
    if (next === element) return;
    leave();
    element = next;
    if (!(next instanceof HTMLVideoElement || next instanceof HTMLIFrameElement)) return;
    const medium = open(next);
    player = medium;
    track(medium);
    for (const moment of ['play', 'pause', 'seeked', 'ratechange', 'ended', 'timeupdate']) {
      medium.addEventListener(moment, onMoment);
    }
  }

  const time =
    alone && outbox
      ? trackTime(document, { lesson: lesson.id, outbox, busy: () => !!player && !player.paused })
      : undefined;
  if (alone) void outbox?.record({ lesson: lesson.id, kind: 'viewed' }).catch(() => {});
  const stops = [
    outbox?.onChange(() => void onChange()),
    outbox?.onAnswer(({ completed }) => completed.includes(lesson.id) && finish()),
    outbox?.onRefused(({ event, code }) => event.lesson === lesson.id && set({ refused: code })),
  ];
  const onLine = () => set({ offline: !navigator.onLine });
  for (const name of ['online', 'offline']) addEventListener(name, onLine);

  return {
    lesson,
    state,
    attach,
    isPlaying: () => !!player && !player.paused,
    /** Jumps to a moment of the video, and plays. */
    async goTo(milliseconds: number): Promise<void> {
      if (!player) return;
      player.currentTime = milliseconds / 1000;
      set({ begun: true });
      // A browser may want a touch of the player itself first.
      await Promise.resolve(player.play()).catch(() => {});
    },
    skip(seconds: number): void {
      if (player) player.currentTime = Math.min(video.lengthMs / 1000, Math.max(0, player.currentTime + seconds));
    },
    toggle(): void {
      if (player?.paused) void Promise.resolve(player.play()).catch(() => {});
      else player?.pause();
    },
    speed(rate: number): void {
      if (player) player.playbackRate = rate;
    },
    /** Takes what became of the lesson elsewhere: what was played of it, whether it is done, where it was left. */
    meet(next: Pick<Lesson, 'watched' | 'state' | 'positionMs'>): void {
      known = union(known, next.watched as unknown as Interval[]);
      set({ played: tracker ? union(known, tracker.played()) : known });
      if (next.state === 'done') set({ done: true });
      move(resumeOf({ ...next, video }));
    },
    retry: () => set({ broken: '', turn: state.peek().turn + 1 }),
    stop(): void {
      time?.stop();
      leave();
      element = null;
      ask.cancel();
      wait.cancel();
      for (const stop of stops) stop?.();
      for (const name of ['online', 'offline']) removeEventListener(name, onLine);
    },
  };
}
