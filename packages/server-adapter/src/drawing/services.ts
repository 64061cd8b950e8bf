import type { DrandChain } from '@laurelkit/sdk/draws';
import type { Clock } from '../clock.ts';
import type { Storage } from '../db/storage.ts';
import type { Beacon } from './beacon.ts';
import type { ReceiptKey } from './receipt-key.ts';

/** What drawing stands on. */
export interface DrawingServices {
  storage: Storage;
  /** The schema’s name. */
  schema: string;
  channel: string;
  clock: Clock;
  /** Derived for the purpose `board-id`: entries are called as boards call them. */
  boardKey: Buffer;
  /** Derived for the purpose `instant-seed`: commitments name the seeds of instant wins. */
  seedKey: Buffer;
  receiptKey: ReceiptKey;
  /** The chain of new commitments. */
  chain: DrandChain;
  beacon: Beacon;
  /** Hears of one contest’s failure, so that it does not hold up the others. */
  onFailure(error: unknown): void;
}
