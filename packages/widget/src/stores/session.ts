import { type Api, createFetchClient } from '@laurelkit/sdk/client';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Messages } from '../i18n/en.ts';
import { keepToken, type TokenSource } from './identity.ts';

/** What the host says once about its installation. */
export interface Settings {
  /** Where Laurel is mounted; `/api` unless told. */
  api?: string;
  /** The publishable key (`pk_…`). */
  key?: string;
  /** BCP 47 tag; the page's own language unless told. */
  locale?: string;
  /** The host's own words over the catalogue's. */
  messages?: Partial<Messages>;
  /** `true`: try as signed in by the host's own cookie session. */
  session?: boolean;
}

/** Where the API is and as whom it is asked. */
export interface Connection {
  baseUrl: string;
  key?: string | undefined;
  token?: ((refused?: string) => Promise<string | undefined>) | undefined;
}

/** What the elements of a page share: where the API is and who the visitor is. */
export interface Session {
  readonly settings: ReadonlySignal<Settings>;
  /** Reads what everybody may see. */
  readonly everyone: ReadonlySignal<Api>;
  /** Reads what is the visitor's own; `null` for a stranger. */
  readonly own: ReadonlySignal<Api | null>;
  /** The best credential there is, for the live stream. */
  readonly connection: ReadonlySignal<Connection>;
  /** What is left when that is refused. */
  readonly stranger: ReadonlySignal<Connection>;
  init(settings: Settings): void;
  identify(source: TokenSource | null): void;
  /** Tries the host's cookie session, once, unless the visitor is known already. */
  trySession(): void;
  /** Reads something of the visitor's own: `null` when there is none, `undefined` when their token has run out. */
  mine<T>(read: (api: Api) => Promise<T>): Promise<T | null | undefined>;
}

/** A session with nobody signed in. */
export function createSession(): Session {
  const settings = signal<Settings>({});
  const identity = signal<Pick<Connection, 'token'> | null>(null);
  let triedCookie = false;

  const baseUrl = computed(() => settings.value.api ?? '/api');
  const stranger = computed<Connection>(() => ({ baseUrl: baseUrl.value, key: settings.value.key }));
  const visitor = computed<Connection | null>(() => identity.value && { baseUrl: baseUrl.value, ...identity.value });
  const connection = computed(() => visitor.value ?? stranger.value);
  const client = (to: Connection) => createFetchClient({ ...to, fetch: (...request) => globalThis.fetch(...request) });
  const own = computed(() => visitor.value && client(visitor.value));

  function trySession(): void {
    if (!identity.peek() && !triedCookie) identity.value = {};
    triedCookie = true;
  }

  return {
    settings,
    own,
    connection,
    stranger,
    everyone: computed(() => client(stranger.value.key ? stranger.value : connection.value)),
    trySession,
    init(changes) {
      settings.value = { ...settings.peek(), ...changes };
      if (changes.session) trySession();
    },
    identify(source) {
      const next = source === null ? null : { token: keepToken(source, () => leave(next)) };
      identity.value = next;
    },
    async mine(read) {
      const api = own.peek();
      if (!api) return null;
      const who = identity.peek();
      try {
        return await read(api);
      } catch (error) {
        const { status } = error as { status?: number };
        if (status === 401 && who?.token) return undefined;
        if (status === 401) leave(who);
        else if (status !== 403 && status !== 404) throw error;
        return null;
      }
    },
  };

  function leave(who: Pick<Connection, 'token'> | null): void {
    if (identity.peek() === who) identity.value = null;
  }
}

/** The session of the page, which the script, the elements and `identify()` share. */
export const session: Session = createSession();
