import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';
import type { Sent } from '../settings/form.ts';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;

/** A contest as the API answers it. */
export type Contest = Answer<Api['contests']['get']>;
/** What is to be won in it. */
export type Prize = Contest['prizes'][number];
/** Something to do for points. */
export type Action = Contest['actions'][number];
/** The visitor's own part in it. */
export type Mine = Answer<Api['entries']['me']>;
/** What the visitor won. */
export type Won = Mine['won'][number];
/** One step of the contest's life. */
export type Step = Answer<Api['contests']['history']>['items'][number];
/** What was committed, frozen and drawn. */
export type Draw = Answer<Api['draws']['get']>;
/** Who won. */
export type Results = Answer<Api['draws']['results']>;
/** One play of an instant win. */
export type Play = Answer<Api['entries']['play']>;
/** What is left of each prize of an instant win, in the order of its settings. */
export type Stock = Answer<Api['entries']['plays']>['stockLeft'];
/** What an entrant can prove their entry with. */
export type SignedReceipt = Answer<Api['draws']['receipt']>;

/** One picture of a contest. */
export interface View {
  contest: Contest;
  /** `null` for a stranger. */
  me: Mine | null;
  history: readonly Step[];
  /** The visitor's referral link, where something asks for it. */
  link: string | null;
  /** `null` where nothing is won at once, or nobody knows. */
  stock: Stock | null;
  /** After the end. */
  draw: Draw | null;
  results: Results | null;
  /** When it was true. */
  at: number;
}

/** What an element shows. */
export interface ContestState {
  view: View | null;
  /** The first reading failed: nothing is shown. */
  failed: boolean;
  offline: boolean;
  /** The step whose form is open. */
  open: string;
  /** What became of sending each form, by its name. */
  sent: Readonly<Record<string, Sent>>;
  /** What was copied just now. */
  copied: string;
  /** Whether the answers given on joining are shown again. */
  changing: boolean;
  played: Play | null;
  /** The element whose draw is being checked. */
  verifying: Element | null;
}

/** The state of one contest, and what changes it; every change draws again. */
export interface ContestStore {
  readonly state: Signal<ContestState>;
  set(changes: Partial<ContestState>): void;
  /** Says what became of a form. */
  mark(form: string, sent: Partial<Sent>): void;
  sentOf(form: string): Sent;
  /** Reads everything again; answers whether that worked. */
  read(): Promise<boolean>;
  stop(): void;
}
