import type { Access } from '@laurelkit/sdk/contract';

/** Who is asking, as far as the credential proves it. */
export type Caller =
  | { kind: 'public' }
  | { kind: 'publishable'; key: string }
  /** `id` is Laurel's id of the participant; `session` when the host's own session says so, not a token. */
  | { kind: 'participant'; id: string; session: boolean }
  /** Somebody of the host's staff, by name. */
  | { kind: 'staff'; name: string }
  /** `key` is the id of a secret key, or `in-process`. */
  | { kind: 'secret'; key: string };

/** A caller's credential as a word of its own kind: who holds a seat, whose answers are kept, who did something. */
export function nameOf(caller: Caller): string {
  switch (caller.kind) {
    case 'public':
      return 'public';
    case 'participant':
      return `participant:${caller.id}`;
    case 'staff':
      return `staff:${caller.name}`;
    default:
      return `${caller.kind}:${caller.key}`;
  }
}

/** A caller as the history of what was done names them: a participant acts for themself, so their id is known from the rest. */
export const actorOf = (caller: Caller): string => (caller.kind === 'participant' ? 'participant' : nameOf(caller));

/** Whether a caller of this kind may use an operation with these access rules. */
export function mayCall(caller: Caller, access: readonly Access[]): boolean {
  return access.includes('public') || access.includes(caller.kind);
}

/** Whether a caller works for the host, and may see what is kept from everybody else. */
export const isHost = ({ kind }: Pick<Caller, 'kind'>): boolean => kind === 'secret' || kind === 'staff';
