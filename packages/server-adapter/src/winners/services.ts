import type { Clock } from '../clock.ts';
import type { Storage } from '../db/storage.ts';
import type { Mail } from '../mail/transport.ts';

/** What the winners need of the house. */
export interface WinnerServices {
  storage: Storage;
  schema: string;
  channel: string;
  clock: Clock;
  /** Without it winners are told of by events alone. */
  mail: Mail | undefined;
  onFailure(error: unknown): void;
}
