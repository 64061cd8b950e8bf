/** How a visitor came: what to hand to the host's sign-up, and from there to `referrals.create`. */
export interface Touch {
  /** The code in the link; absent when only a click id travelled. */
  referralCode?: string;
  /** Id of the click the server recorded; absent until it has. */
  clickId?: string;
  /** When the visitor came, RFC 3339. */
  at: string;
}

/** A touch as it is kept. */
export interface KeptTouch extends Touch {
  /** After this instant the touch no longer counts, RFC 3339. */
  expiresAt: string;
  /** Under which idempotency key its click is sent. */
  key: string;
}

/** The URL parameter of a click id: a redirect of the server added it, so that the click is already recorded. */
export const clickIdParameter = 'rid';

const codePattern = /^[\w-]{3,40}$/;
const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const sameVisit = 30 * 60_000;

/** The code and click id in an address; the first of `parameters` with a possible code wins. */
export function readTouch(address: string, parameters: readonly string[]): Omit<Touch, 'at'> | undefined {
  const query = new URL(address).searchParams;
  const referralCode = parameters.map((name) => query.get(name) ?? '').find((value) => codePattern.test(value));
  const clickId = query.get(clickIdParameter) ?? '';
  const touch: Omit<Touch, 'at'> = {};
  if (referralCode) touch.referralCode = referralCode;
  if (uuidPattern.test(clickId)) touch.clickId = clickId;
  return touch.referralCode || touch.clickId ? touch : undefined;
}

/** Whether `seen` is `kept` met again: the same click, or the same code within half an hour (a reload). */
export function isSameTouch(kept: KeptTouch, seen: KeptTouch): boolean {
  if (seen.clickId) return seen.clickId === kept.clickId;
  return seen.referralCode === kept.referralCode && Date.parse(seen.at) - Date.parse(kept.at) < sameVisit;
}

/** Whether something read from storage is a touch that still counts at `now` (milliseconds since 1970). */
export function isCurrent(value: unknown, now: number): value is KeptTouch {
  const touch = value as Partial<KeptTouch> | null;
  return Date.parse(touch?.expiresAt ?? '') > now && Date.parse(touch?.at ?? '') <= now;
}
