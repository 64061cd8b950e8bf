import type { Api } from '@laurelkit/sdk/client';

/** What the participant earned, as the API answers it. */
export type Wallet = Awaited<ReturnType<Api['rewards']['wallet']>>;
/** One of the rewards in it. */
export type Reward = Wallet['rewards'][number];
/** A referral of theirs that is being checked or was rejected. */
export type Review = Awaited<ReturnType<Api['reviews']['mine']>>['items'][number];

/** What can be opened below the share targets. */
export type Tool = 'qr' | 'code' | 'channels';

/** What is shown of a participant's own beside their link and numbers. */
export interface OwnState {
  wallet: Wallet | null;
  reviews: readonly Review[];
  /** Which tool is open. */
  tool: Tool | null;
  /** The small print was opened. */
  print: boolean;
  more: 'idle' | 'busy' | 'failed';
  /** What was copied just now. */
  copied: string;
}

/** The state, and what changes it; every change draws again. */
export interface OwnStore {
  readonly state: OwnState;
  set(changes: Partial<OwnState>): void;
  /** Reads everything again. */
  read(): void;
  /** Reads the next page of rewards. */
  showMore(): Promise<void>;
  stop(): void;
}
