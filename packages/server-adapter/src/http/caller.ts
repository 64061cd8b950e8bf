import type { Access } from '@laurelkit/sdk/contract';

/** Who is asking, as far as the credential proves it. */
export type Caller =
  | { kind: 'public' }
  | { kind: 'publishable'; key: string }
  /** `id` is Laurel's id of the participant; `session` when the host's own session says so, not a token. */
  | { kind: 'participant'; id: string; session: boolean }
  /** `key` is the id of a secret key, or `in-process`. */
  | { kind: 'secret'; key: string };

/** Whether a caller of this kind may use an operation with these access rules. */
export function mayCall(caller: Caller, access: readonly Access[]): boolean {
  return access.includes('public') || access.includes(caller.kind);
}
