import type { contract, Parsed } from '@laurelkit/sdk/contract';

export type EventInput = Parsed<typeof contract.progress.record>['events'][number];

/** Events of one learner to record. */
export interface ProgressInput {
  /** By slug or id. */
  course: string;
  /** By the host's name or our id. */
  participant: string;
  isHost: boolean;
  actor: string;
  events: readonly EventInput[];
  now: Date | null;
}
