import type { Database } from '../db/database.ts';
import { groupCommit } from '../db/group-commit.ts';
import type { SafeFetch } from '../http/safe-fetch.ts';
import { type Leased, leaseDeliveries } from './lease.ts';
import { judge, type Tried, type Verdict } from './outcome.ts';
import { type Disabled, recordSent, type Sent, writeSent } from './record.ts';
import type { Secrets } from './secrets.ts';
import { sendMessage } from './send.ts';

/** What sending needs. */
export interface SenderServices {
  database: Database;
  channel: string;
  fetch: SafeFetch;
  secrets: Secrets;
  /** Most tries under way at once on this node. */
  concurrency: number;
  count(outcome: Verdict['outcome']): void;
  onDisabled(disabled: Disabled): void;
  onFailure(error: unknown): void;
}

/** Sends what is due. Several nodes may: each delivery is leased by one of them at a time. */
export interface Sender {
  /** Sends everything that is due; more than can be under way at once goes out as room comes. */
  wake(): void;
  /** Begins nothing more, and waits so long for what is under way: what is cut off then is sent again by somebody. */
  close(milliseconds: number): Promise<void>;
}

/** Most tries under way at once to one endpoint, so that a slow one leaves room for the others. */
const mostOfOne = 8;

const momentMilliseconds = 50;

/** Makes the sender of a node. */
export function createSender(services: SenderServices): Sender {
  const { database, fetch, secrets, concurrency, count, onDisabled, onFailure } = services;
  const lease = leaseDeliveries(database.schema);
  const record = recordSent(database.schema);
  const sending = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const end = new AbortController();
  let closing = false;
  let running: Promise<void> | undefined;
  let again = false;
  let lot = 0;
  let done = 0;
  let moment: NodeJS.Timeout | undefined;

  const write = groupCommit<Sent, undefined>(async (items) => {
    for (const disabled of await writeSent(database, record, services.channel, items)) onDisabled(disabled);
    for (const { verdict } of items) count(verdict.outcome);
    return [];
  });

  const attempt = async ({ id, endpointId, url, secrets: sealed, name, at, payload }: Leased): Promise<Tried> => {
    const unsendable = (error: string) => ({ status: null, durationMs: 0, error, response: null, throttle: 0 });
    if (payload === null) return unsendable('The event is no longer kept.');
    let opened: string[];
    try {
      opened = secrets.open(endpointId, sealed);
    } catch {
      return unsendable('The signing secret cannot be read: rotate it.');
    }
    return sendMessage(fetch, { id, url, secrets: opened, type: name, at, data: payload }, end.signal);
  };

  const send = async (delivery: Leased) => {
    try {
      const tried = await attempt(delivery);
      const verdict: Verdict =
        delivery.payload === null
          ? { outcome: 'failed', pause: 0 }
          : judge(tried, delivery.attempts + 1, Math.random());
      await write({ deliveryId: delivery.id, attempts: delivery.attempts, tried, verdict });
    } catch (error) {
      // Its lease ends by itself.
      if (!end.signal.aborted) onFailure(error);
    }
  };

  const begin = (delivery: Leased) => {
    const { endpointId } = delivery;
    busy.set(endpointId, (busy.get(endpointId) ?? 0) + 1);
    const sent = send(delivery).finally(() => {
      sending.delete(sent);
      const left = (busy.get(endpointId) ?? 1) - 1;
      if (left > 0) busy.set(endpointId, left);
      else busy.delete(endpointId);
      refill();
    });
    sending.add(sent);
  };

  /** Leases again once half of the last lot is done, or in a moment: asking for each one alone would cost too much. */
  const refill = () => {
    done++;
    if (done * 2 >= lot) return wake();
    if (closing) return;
    moment ??= setTimeout(wake, momentMilliseconds);
  };

  const fill = async () => {
    do {
      again = false;
      const room = concurrency - sending.size;
      // Whatever ends next wakes it again.
      if (room < 1 || closing) return;
      const leased = await database.query<Leased>(
        lease,
        [[...busy.keys()], [...busy.values()], mostOfOne, room],
        'laurel_webhooks_due',
      );
      done = 0;
      lot = leased.length;
      for (const delivery of leased) begin(delivery);
    } while (again && !closing);
  };

  const wake = () => {
    clearTimeout(moment);
    moment = undefined;
    if (closing) return;
    again = true;
    running ??= fill()
      .catch(onFailure)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  };

  return {
    wake,
    close: async (milliseconds) => {
      closing = true;
      clearTimeout(moment);
      await running;
      const timer = setTimeout(() => end.abort(), milliseconds);
      await Promise.all(sending);
      clearTimeout(timer);
    },
  };
}
