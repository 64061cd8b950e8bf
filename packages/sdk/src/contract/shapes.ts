import * as z from 'zod/mini';

/**
 * Shapes that several resources share. All text is refused when PostgreSQL could not store it (NUL, lone surrogates).
 */

const storable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

/** Text of 1 to `max` UTF-16 units. */
export const text = (max: number) =>
  z.string().check(z.minLength(1), z.maxLength(max), z.refine(storable, 'must be well-formed Unicode without NUL'));

/** An id of ours, or the host's own `externalId` or slug. A path cannot carry `.` and `..`, so nothing is named so. */
export const reference = text(200).check(z.refine((value) => value !== '.' && value !== '..', 'must not be . or ..'));

/** A UUIDv7 (RFC 9562). */
export const id = z.uuid();

/** A UTC instant, RFC 3339 with milliseconds. */
export const instant = z.iso.datetime();

/** An instant from the caller; any offset is fine, it is kept as UTC. */
export const instantInput = z.iso.datetime({ offset: true }).check(
  z.refine((value) => {
    const year = new Date(value).getUTCFullYear();
    return year >= 1970 && year <= 9999;
  }, 'must be a real date between the years 1970 and 9999'),
);

/** A day from the caller, such as `2026-03-01`. */
export const dayInput = z.iso
  .date()
  .check(z.refine((value) => value >= '1970', 'must be a real date between the years 1970 and 9999'));

/** Lower-case words joined by `-`. */
export const slug = z.string().check(
  z.minLength(1),
  z.maxLength(64),
  z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single dashes'),
  z.refine((value) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value), 'must not look like an id'),
);

/** Integer minor units (cents) of an ISO 4217 currency. */
export const money = z.strictObject({
  minor: z.int().check(z.nonnegative(), z.maximum(9_000_000_000_000)),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217)')),
});

/** Flat facts of the host's own: up to 50 of them. */
export const metadata = z
  .record(text(40), z.union([z.string().check(z.maxLength(500), z.refine(storable)), z.number(), z.boolean()]))
  .check(z.refine((value) => Object.keys(value).length <= 50, 'must have at most 50 keys'));

/** An http(s) origin as browsers send it: scheme, host and port, nothing after. */
export const origin = z.string().check(
  z.maxLength(200),
  z.refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === value;
  }, 'must be an origin such as https://shop.example'),
);

/** An absolute http(s) address without user name or password. */
export const httpUrl = text(2000).check(
  z.refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  }, 'must be an absolute http or https address'),
);

/** Names of zones that were found good: asking the runtime costs as much as the rest of a small request. */
const knownZones = new Set<string>();

function isZone(value: string): boolean {
  if (knownZones.has(value)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    return false;
  }
  if (!/^[A-Za-z]/.test(value)) return false;
  // There are some 600, but each may be written in upper and lower case as one likes.
  if (knownZones.size < 1000) knownZones.add(value);
  return true;
}

/** An IANA time zone the runtime knows. */
export const timeZone = text(64).check(z.refine(isZone, 'must be an IANA time zone such as Europe/Lisbon'));

/** How a caller pages: at most 100 items, then the `nextCursor` of the answer. */
export const page = {
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 20),
  cursor: z.optional(text(500)),
};

/** A list: `nextCursor` is `null` on the last page. */
export const list = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
