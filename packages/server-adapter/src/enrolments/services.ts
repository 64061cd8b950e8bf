import type { Clock } from '../clock.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import type { Storage } from '../db/storage.ts';
import type { StripeSettings } from '../stripe-options.ts';
import type { StripeSessions } from './stripe-sessions.ts';

/** What the change of an enrolment needs of the house. */
export interface DeskServices {
  curricula: Curricula;
  channel: string;
}

/** What enrolments need of the house. */
export interface EnrolmentServices extends DeskServices {
  schema: string;
  settings: StripeSettings;
  /** `null` where nobody can pay by Stripe. */
  sessions: StripeSessions | null;
  /** Origins of the host's pages, to which Stripe may send learners back. */
  sessionOrigins: readonly string[];
  clock: Clock;
}

/** What the keeper of seats needs of the house. */
export interface SeatKeeperServices extends DeskServices {
  /** `null` where nobody can pay by Stripe. */
  sessions: StripeSessions | null;
  storage: Storage;
  schema: string;
  clock: Clock;
  onFailure(error: unknown): void;
}
