import type { Connection } from '@laurelkit/sdk/client';
import { effect, type ReadonlySignal, signal } from '@preact/signals';
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

/** What the elements of a page share: where the API is and who the visitor is. */
export interface Session {
  readonly settings: ReadonlySignal<Settings>;
  /** As whom anybody may ask. */
  readonly stranger: ReadonlySignal<Connection>;
  /** As whom the visitor asks; `null` for a stranger. Another visitor is another object. */
  readonly own: ReadonlySignal<Connection | null>;
  init(settings: Settings): void;
  identify(source: TokenSource | null): void;
  /** Calls now and whenever somebody else asks, or elsewhere; the answer stops it. */
  watch(work: () => void): () => void;
  /** Tries the host's cookie session, once, unless the visitor is known already. */
  trySession(): void;
  /** How to read what everybody may see. */
  everyone(): Connection;
  /** Reads something of the visitor's own: `null` when there is none, `undefined` when their token has run out. */
  mine<T>(read: (as: Connection) => Promise<T>): Promise<T | null | undefined>;
}

/** A session with nobody signed in. */
export function createSession(): Session {
  const settings = signal<Settings>({});
  const stranger = signal<Connection>({ baseUrl: '/api' });
  const own = signal<Connection | null>(null);
  let triedCookie = false;

  const enter = (visitor: Pick<Connection, 'token'> | null) => {
    own.value = visitor && { baseUrl: stranger.peek().baseUrl, token: visitor.token };
  };
  const leave = (token: Connection['token']) => {
    if (own.peek()?.token === token) own.value = null;
  };
  const trySession = () => {
    if (!own.peek() && !triedCookie) enter({});
    triedCookie = true;
  };

  return {
    settings,
    stranger,
    own,
    trySession,
    watch: (work) =>
      effect(() => {
        own.value;
        stranger.value;
        work();
      }),
    init(changes) {
      settings.value = { ...settings.peek(), ...changes };
      const { api = '/api', key } = settings.peek();
      if (api !== stranger.peek().baseUrl || key !== stranger.peek().key) {
        stranger.value = { baseUrl: api, key };
        enter(own.peek());
      }
      if (changes.session) trySession();
    },
    identify(source) {
      const token: Connection['token'] = source === null ? undefined : keepToken(source, () => leave(token));
      enter(token ? { token } : null);
    },
    everyone: () => (stranger.peek().key ? stranger.peek() : (own.peek() ?? stranger.peek())),
    async mine(read) {
      const who = own.peek();
      if (!who) return null;
      try {
        return await read(who);
      } catch (error) {
        const { status } = error as { status?: number };
        if (status === 401 && who.token) return undefined;
        if (status === 401) leave(undefined);
        else if (status !== 403 && status !== 404) throw error;
        return null;
      }
    },
  };
}

/** The session of the page, which the script, the elements and `identify()` share. */
export const session: Session = createSession();
