/** Somebody who asks to join, as far as the request shows. */
export interface JoinAttempt {
  /** Slug of the programme. */
  readonly program: string;
  readonly email: string;
  /** What the page's check of the visitor gave (`proof` of the request). */
  readonly proof: string | null;
  /** Network address of the visitor (IPv6: its /64), or `unknown`. */
  readonly address: string;
  /** A header of the request. */
  header(name: string): string | null;
}

/** How the host tells people from machines: `false` refuses, and so does what it throws. */
export type VerifyJoining = (attempt: JoinAttempt) => boolean | Promise<boolean>;

/** A coupon or item the host is to hand out. */
export interface RewardToFulfil {
  /** The same at every repetition: tell by it whether it was handed out already. */
  readonly id: string;
  readonly program: string;
  readonly rule: string;
  /** Laurel's id of the participant, and the host's own. */
  readonly participant: string;
  readonly externalId: string;
  readonly kind: 'coupon' | 'item';
  /** What the rule says is handed out. */
  readonly item: string;
}

/** How the host hands something out; what it throws means "again later", and so does no answer within a minute. */
export type FulfilReward = (
  reward: RewardToFulfil,
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is welcome
) => Promise<{ code?: string } | void> | { code?: string } | void;

/** Money the host is to send. */
export interface PayoutToPay {
  /** The same at every repetition: give it to whoever pays as the key by which they tell one. */
  readonly id: string;
  readonly batch: string;
  readonly program: string;
  /** Laurel's id of the participant, and the host's own. */
  readonly participant: string;
  readonly externalId: string;
  readonly minor: number;
  readonly currency: string;
}

/**
 * How the host sends money. What it throws makes the payout `failed`, and so does no answer within four minutes, unless it comes
 * later; it is tried again when the host says so.
 */
export type PayPayout = (
  payout: PayoutToPay,
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is welcome
) => Promise<{ reference?: string } | void> | { reference?: string } | void;
