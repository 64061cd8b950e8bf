import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Told } from './progress-outbox.ts';
import { type TrackVideoOptions, trackVideo } from './track-video.ts';

/** A video that plays by the fake clock. */
class FakeVideo extends EventTarget {
  paused = true;
  ended = false;
  seeking = false;
  #rate = 1;
  #at = 0;
  #since = 0;
  get currentTime() {
    return this.paused ? this.#at : this.#at + ((performance.now() - this.#since) / 1000) * this.#rate;
  }
  set currentTime(seconds: number) {
    this.#settle(seconds);
    this.seeking = true;
    this.tell('seeking');
    this.seeking = false;
    this.tell('seeked');
  }
  get playbackRate() {
    return this.#rate;
  }
  set playbackRate(rate: number) {
    this.#settle(this.currentTime);
    this.#rate = rate;
    this.tell('ratechange');
  }
  #settle(seconds: number) {
    this.#at = seconds;
    this.#since = performance.now();
  }
  tell = (type: string) => this.dispatchEvent(new Event(type));
  play() {
    this.#settle(this.currentTime);
    this.paused = false;
    this.tell('play');
  }
  pause() {
    this.#settle(this.currentTime);
    this.paused = true;
    this.tell('pause');
  }
}

const page = { visibilityState: 'visible' };
const start = Date.UTC(2030, 0, 1);

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  const events = new EventTarget();
  page.visibilityState = 'visible';
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
  vi.stubGlobal('document', Object.assign(events, page));
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function hide(state: 'hidden' | 'visible') {
  Object.assign(document, { visibilityState: state });
  document.dispatchEvent(new Event('visibilitychange'));
}

function follow(options: Partial<TrackVideoOptions> = {}) {
  const video = new FakeVideo();
  const told: Told[] = [];
  const outbox = { record: async (...events: Told[]) => void told.push(...events) };
  const tracker = trackVideo(video, { lesson: 'welcome', lengthMs: 60_000, outbox, ...options });
  onTestFinished(() => tracker.stop());
  return { video, told, tracker };
}
const instant = (milliseconds: number) => new Date(start + milliseconds).toISOString();

describe('a video that is followed', () => {
  test('reports every 15 seconds and on pause, each with its wall time, rate and position', () => {
    const { video, told } = follow();
    video.play();
    vi.advanceTimersByTime(15_000);
    video.playbackRate = 2;
    vi.advanceTimersByTime(2000);
    video.pause();
    expect(told).toMatchObject([
      {
        lesson: 'welcome',
        kind: 'watched',
        segments: [[0, 15_000]],
        rate: 100,
        positionMs: 15_000,
        from: instant(0),
        occurredAt: instant(15_000),
      },
      {
        kind: 'watched',
        segments: [[15_000, 19_000]],
        rate: 200,
        positionMs: 19_000,
        from: instant(15_000),
        occurredAt: instant(17_000),
      },
    ]);
    vi.advanceTimersByTime(60_000);
    expect(told).toHaveLength(2);
  });

  test('a jump is two stretches, and what lies between is none', () => {
    const { video, told, tracker } = follow();
    video.play();
    vi.advanceTimersByTime(1000);
    video.currentTime = 40;
    vi.advanceTimersByTime(1000);
    expect(tracker.played()).toEqual([
      [0, 1000],
      [40_000, 41_000],
    ]);
    video.pause();
    expect(told).toMatchObject([
      {
        segments: [
          [0, 1000],
          [40_000, 41_000],
        ],
        positionMs: 41_000,
      },
    ]);
  });

  test('goes on counting out of sight, reporting as it goes, unless told not to', () => {
    for (const whileHidden of [true, false]) {
      const { video, told, tracker } = follow({ whileHidden });
      video.play();
      vi.advanceTimersByTime(2000);
      hide('hidden');
      expect(told).toMatchObject([{ segments: [[0, 2000]] }]);
      vi.advanceTimersByTime(3000);
      hide('visible');
      vi.advanceTimersByTime(1000);
      const gap = [
        [0, 2000],
        [5000, 6000],
      ];
      expect(tracker.played().map(([from, to]) => [from, Math.round(to / 500) * 500])).toEqual(
        whileHidden ? [[0, 6000]] : gap,
      );
      tracker.stop();
    }
  });

  test('goes on where it was left; only who moves the playhead changes that', () => {
    const { video, told, tracker } = follow({ resumeMs: 30_000 });
    expect(video.currentTime).toBe(30);
    void tracker.flush();
    hide('hidden');
    expect(told).toEqual([]);
    video.play();
    video.pause();
    video.currentTime = 12;
    void tracker.flush();
    expect(told).toMatchObject([{ kind: 'position', positionMs: 12_000 }]);
  });

  test('reports what is left when it is followed no longer, and nothing after', () => {
    const { video, told, tracker } = follow();
    video.play();
    vi.advanceTimersByTime(700);
    tracker.stop();
    expect(told).toMatchObject([{ segments: [[0, 700]] }]);
    vi.advanceTimersByTime(60_000);
    video.pause();
    expect(told).toHaveLength(1);
  });
});
