/** What is needed of anything that plays: `<video>` and `<audio>` have it. Times are seconds. */
export interface Media {
  readonly currentTime: number;
  readonly paused: boolean;
  readonly playbackRate: number;
  /** It jumps or waits for data: where it stands was not reached by playing. */
  readonly seeking?: boolean;
  readonly ended?: boolean;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** A medium that can be steered. */
export interface Player extends Media {
  /** Seconds. Setting it jumps there. */
  currentTime: number;
  playbackRate: number;
  play(): unknown;
  pause(): void;
}
