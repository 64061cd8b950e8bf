import { within } from './within.ts';

/** The part of a client of the `redis` package that carries messages. */
export interface RedisClient {
  readonly isReady: boolean;
  publish(channel: string, message: string): Promise<unknown>;
  duplicate(): RedisSubscriber;
}

interface RedisSubscriber {
  readonly isReady: boolean;
  on(event: 'ready' | 'error' | 'end', listener: () => void): unknown;
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  destroy(): void;
}

/** A channel of Redis's publish and subscribe. */
export interface RedisChannel {
  /** Whether this node both hears and can be heard now. */
  readonly up: boolean;
  /** Tells all nodes; `false` when it is not certain that Redis took it. */
  publish(message: string): Promise<boolean>;
  start(): void;
  close(): void;
}

/** What the channel tells. */
export interface RedisChannelEvents {
  onMessage(message: string): void;
  /** It hears from now on; what was told before may have been missed. */
  onUp(): void;
  /** It hears nothing until `onUp`. */
  onDown(): void;
}

/** How long Redis may take to answer, and how long it is left alone when it took longer. */
const patienceMilliseconds = 500;
const distrustMilliseconds = 2_000;

/**
 * Publishes on the host's client and subscribes on a duplicate of it, as a subscribed connection takes no other commands.
 * The duplicate reconnects and subscribes again by the client's own settings.
 */
export function redisChannel(client: RedisClient, name: string, events: RedisChannelEvents): RedisChannel {
  let subscriber: RedisSubscriber | undefined;
  let hears = false;
  let closed = false;
  let distrustedUntil = 0;

  const down = () => {
    if (!hears || closed) return;
    hears = false;
    events.onDown();
  };
  const up = () => {
    if (hears || closed) return;
    hears = true;
    events.onUp();
  };

  return {
    get up() {
      return hears && client.isReady && subscriber?.isReady === true && Date.now() >= distrustedUntil;
    },
    publish: async (message) => {
      const told = client.publish(name, message).then(
        () => true,
        () => false,
      );
      const answer = await within(patienceMilliseconds, told);
      if (answer === undefined) distrustedUntil = Date.now() + distrustMilliseconds;
      return answer === true;
    },
    start: () => {
      closed = false;
      subscriber = client.duplicate();
      let subscribed = false;
      subscriber.on('error', down);
      subscriber.on('end', down);
      // Fires once a lost connection is back and subscribed again.
      subscriber.on('ready', () => subscribed && up());
      subscriber
        .connect()
        .then(() => subscriber?.subscribe(name, events.onMessage))
        .then(() => {
          subscribed = true;
          up();
        })
        // The host's settings say not to try again: NOTIFY goes on alone.
        .catch(() => {});
    },
    close: () => {
      closed = true;
      hears = false;
      subscriber?.destroy();
    },
  };
}
