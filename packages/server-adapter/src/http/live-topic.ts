import type { LiveMessages } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import type { Caller } from './caller.ts';

/** A message of a topic and the position a reader has reached once they have it. */
export type LiveFrame = {
  [Name in keyof LiveMessages]: { event: Name; data: LiveMessages[Name]; position: number };
}[keyof LiveMessages];

/** Something a reader can follow. */
export interface LiveTopic {
  /**
   * What brings a reader at `position` up to date (`null`: one who has nothing yet), or `null` when nothing is new. Who
   * is further than another has nothing new where the other has not. Sees at least what the bus told of before.
   */
  read(position: number | null): Promise<LiveFrame | null>;
  /** What the bus calls that which it shows. */
  subjects: readonly string[];
}

/** The topics of one kind, the word before the colon. */
export interface TopicKind {
  /** Callers of one audience see the same messages, so they share what is opened and read. */
  audience(caller: Caller): string;
  /** @throws LaurelProblem when there is no such topic, or not for this caller */
  open(name: string, reference: string, context: Context): Promise<LiveTopic>;
}
