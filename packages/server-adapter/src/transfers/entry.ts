import type { codeKinds, referralStates } from '@laurelkit/sdk/contract';
import type { Columns, ImportField, ImportSource, Shape } from './shape.ts';
import { amountIn, CellError, codeInLink, currencyIn, instantIn, minorIn, shorten } from './values.ts';

type Metadata = Record<string, string | number | boolean>;

/** Somebody a row names. */
export interface Person {
  foreignId: string | null;
  externalId: string | null;
  email: string | null;
  displayName: string | null;
  avatarUrl: string | null;
  metadata: Metadata;
  createdAt: string | null;
}

/** What a row says, in our words. It is kept with the row until it is applied. */
export interface Entry {
  person: Person;
  codes: { code: string; kind: (typeof codeKinds)[number]; primary: boolean | null; createdAt: string | null }[];
  referrer: (Person & { code: string | null }) | null;
  referral: { state: (typeof referralStates)[number]; at: string | null; channel: string | null } | null;
  conversion: {
    key: string;
    event: string;
    minor: number | null;
    currency: string | null;
    metadata: Metadata;
    at: string;
    reversedAt: string | null;
    /** Whether it belongs to the person's referral. */
    referred: boolean;
  } | null;
  pastReward: { key: string; to: 'referrer' | 'own'; minor: number; currency: string; at: string } | null;
  unpaid: { minor: number; currency: string } | null;
  /** What of the row does not go in. */
  notes: string[];
}

/** What reading rows of a file goes by. */
export interface Reading {
  source: ImportSource;
  shape: Shape;
  columns: Columns;
  now: Date;
}

type Cells = (field: ImportField) => string;

const states: readonly string[] = ['pending', 'qualified', 'approved', 'rejected', 'expired', 'reversed'];
const kinds: readonly string[] = ['generated', 'vanity', 'coupon', 'imported'];
const emailPattern = /^[^\s@"<>(),;:\\]+@[^\s@"<>(),;:\\]+\.[^\s@.]{2,}$/u;

/** Reads a row. @throws CellError saying why nothing of it can go in */
export function entryOf(values: Record<string, string>, reading: Reading): Entry {
  const { shape, columns, source } = reading;
  const all = (field: ImportField) =>
    (columns[field] ?? [])
      .map((name) => (name.startsWith('=') ? name.slice(1) : (values[name] ?? '')).trim())
      .filter((text) => text !== '' && text.isWellFormed() && !text.includes('\u0000'));
  const cell: Cells = (field) => all(field)[0] ?? '';
  const at = (field: ImportField) => past(cell(field), field, reading.now);
  const notes: string[] = [];

  const own = personOf(cell, source, shape.people?.own, {
    id: 'id',
    externalId: 'externalId',
    email: 'email',
    names: ['name', 'firstName', 'lastName'],
  });
  const person: Person = {
    ...own,
    displayName: cell('displayName').slice(0, 80) || null,
    avatarUrl: avatarIn(cell('avatarUrl')),
    metadata: { ...own.metadata, ...metadataIn(cell('metadata')) },
    createdAt: at('createdAt'),
  };
  if (!person.foreignId && !person.externalId && !person.email) throw new CellError('the row names nobody');

  const referrer = {
    ...personOf(cell, source, shape.people?.referrer, {
      id: 'referrerId',
      externalId: 'referrerExternalId',
      email: 'referrerEmail',
      names: ['referrerName', 'referrerFirstName', 'referrerLastName'],
    }),
    code: cell('referrerCode') || null,
  };
  const isReferred = [referrer.foreignId, referrer.externalId, referrer.email, referrer.code].some(Boolean);
  const verdict = cell('rewardVerdict').toLowerCase();
  const isTakenBack = shape.takenBack?.includes(verdict) ?? false;
  const conversion = conversionIn(cell, at, reading, isTakenBack);
  return {
    person,
    codes: codesIn(all, cell, at, notes),
    referrer: isReferred ? referrer : null,
    referral: isReferred
      ? {
          state: stateIn(cell('state'), shape) ?? (conversion && !conversion.reversedAt ? 'approved' : 'pending'),
          at: at('referredAt') ?? person.createdAt ?? conversion?.at ?? null,
          channel: /^[a-z0-9_-]{1,40}$/.test(cell('channel')) ? cell('channel') : null,
        }
      : null,
    conversion,
    ...rewardIn(cell, at, reading, isTakenBack, notes),
    notes,
  };
}

interface PersonFields {
  id: ImportField;
  externalId: ImportField;
  email: ImportField;
  names: readonly [ImportField, ImportField, ImportField];
}

/** A person's name in another product is not one they chose to be seen by: it is kept as a fact, not as a public name. */
function personOf(cell: Cells, source: ImportSource, kind: string | undefined, fields: PersonFields): Person {
  const id = cell(fields.id);
  const email = cell(fields.email);
  const externalId = cell(fields.externalId);
  if (email !== '' && (email.length > 254 || !emailPattern.test(email))) {
    throw new CellError(`${fields.email} "${shorten(email)}" is no e-mail address`);
  }
  if (externalId.length > 200 || externalId === '.' || externalId === '..') {
    throw new CellError(`${fields.externalId} "${shorten(externalId)}" is no id of at most 200 characters`);
  }
  const [whole, first, last] = fields.names.map((field) => cell(field));
  const name = (whole || [first, last].filter(Boolean).join(' ')).slice(0, 500);
  return {
    foreignId: id === '' || source === 'laurel' ? null : `${kind ? `${kind}:` : ''}${id}`.slice(0, 190),
    externalId: externalId || null,
    email: email || null,
    displayName: null,
    avatarUrl: null,
    metadata: name ? { name } : {},
    createdAt: null,
  };
}

/** An instant that has been, or `null`. @throws CellError */
function past(text: string, field: string, now: Date): string | null {
  if (text === '') return null;
  const instant = instantIn(text, field);
  if (instant <= now.toISOString()) return instant;
  throw new CellError(`${field} "${shorten(text)}" is still to come`);
}

function stateIn(text: string, { states: known }: Shape): (typeof referralStates)[number] | null {
  const word = text.toLowerCase();
  if (word === '') return null;
  const state = known ? known[word] : states.includes(word) ? (word as (typeof referralStates)[number]) : undefined;
  if (state === undefined) throw new CellError(`state "${shorten(text)}" is not known`);
  if (state === null) throw new CellError(`the referral is still "${shorten(text)}"`);
  return state;
}

function codesIn(
  all: (field: ImportField) => string[],
  cell: Cells,
  at: (field: ImportField) => string | null,
  notes: string[],
): Entry['codes'] {
  const linked = all('link').map(codeInLink);
  const given = [...all('code').flatMap((text) => text.split(/[,;\s]+/)), ...linked].filter((code) => code);
  const kind = kinds.includes(cell('codeKind')) ? cell('codeKind') : 'imported';
  return [...new Set(given as string[])].flatMap((code) => {
    if (/^[A-Za-z0-9_-]{3,40}$/.test(code)) {
      const primary = cell('codePrimary') === '' ? null : cell('codePrimary') === 'true';
      return [{ code, kind: kind as Entry['codes'][number]['kind'], primary, createdAt: at('codeCreatedAt') }];
    }
    notes.push(`code "${shorten(code)}" is not 3 to 40 letters, digits, _ or -`);
    return [];
  });
}

function conversionIn(
  cell: Cells,
  at: (field: ImportField) => string | null,
  { source, shape }: Reading,
  isTakenBack: boolean,
): Entry['conversion'] {
  const id = cell('conversionId');
  const kind = cell('conversionKind').toLowerCase();
  if (id === '' || (shape.saleKinds && !shape.saleKinds.includes(kind))) return null;
  const when = at('convertedAt') ?? at('referredAt') ?? at('createdAt');
  if (when === null) throw new CellError('the conversion has no date');
  const event = cell('event').toLowerCase() || 'purchase';
  if (!/^[a-z][a-z0-9_.-]{0,63}$/.test(event)) {
    throw new CellError(`event "${shorten(event)}" is not 1 to 64 small letters, digits, . _ or -`);
  }
  const money = moneyIn(cell, 'amount', 'amountMinor', 'currency');
  const isRefunded = money?.minor === 0 && Number(cell('refundedMinor')) > 0;
  const key = source === 'laurel' ? id : `import:${source}:${id}`;
  if (key.length > 255) throw new CellError('conversionId is too long');
  return {
    key,
    event,
    minor: money?.minor ?? null,
    currency: money?.currency ?? null,
    metadata: metadataIn(cell('conversionMetadata')),
    at: when,
    reversedAt: at('reversedAt') ?? (isRefunded || isTakenBack ? when : null),
    referred: source !== 'laurel' || cell('referralId') !== '',
  };
}

function rewardIn(
  cell: Cells,
  at: (field: ImportField) => string | null,
  { source, shape }: Reading,
  isTakenBack: boolean,
  notes: string[],
): Pick<Entry, 'pastReward' | 'unpaid'> {
  const none = { pastReward: null, unpaid: null };
  const id = cell('rewardId');
  const unit = cell('rewardUnit').toLowerCase();
  if (id === '' || isTakenBack || (unit !== '' && unit !== 'cash')) return none;
  const word = cell('rewardState').toLowerCase();
  const became = word === '' ? 'paid' : (shape.rewardStates ?? { paid: 'paid', unpaid: 'unpaid' })[word];
  if (became === undefined) notes.push(`rewardState "${shorten(word)}" is not known`);
  if (became === undefined || became === 'none') return none;
  if (cell('rewardCurrency') === '') {
    notes.push('the reward has no currency: map rewardCurrency to a column, or to the same for all such as "=EUR"');
    return none;
  }
  const money = moneyIn(cell, 'rewardAmount', 'rewardMinor', 'rewardCurrency');
  if (!money || money.minor === 0) return none;
  if (became === 'unpaid') return { pastReward: null, unpaid: money };
  const paidAt = at('rewardPaidAt') ?? at('convertedAt');
  if (paidAt === null) {
    notes.push('the reward has no date');
    return none;
  }
  const key = source === 'laurel' ? id : `import:${source}:${id}`;
  return { pastReward: { key, to: shape.rewardTo ?? 'referrer', ...money, at: paidAt }, unpaid: null };
}

function moneyIn(
  cell: Cells,
  amount: ImportField,
  minor: ImportField,
  currency: ImportField,
): { minor: number; currency: string } | null {
  const [whole, units] = [cell(amount), cell(minor)];
  if (whole === '' && units === '') return null;
  if (cell(currency) === '') {
    throw new CellError(`there is an amount and no ${currency}: map it to a column, or to the same for all as "=EUR"`);
  }
  const code = currencyIn(cell(currency));
  return { minor: units === '' ? amountIn(whole, code, amount) : minorIn(units, minor), currency: code };
}

/** Flat facts of a JSON object; what is not flat is left out. */
function metadataIn(text: string): Metadata {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CellError(`"${shorten(text)}" is no JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const flat = Object.entries(value).filter(
    ([name, each]) =>
      name.length <= 40 &&
      name !== '__proto__' &&
      /^(string|number|boolean)$/.test(typeof each) &&
      String(each).length <= 500,
  );
  return Object.fromEntries(flat.slice(0, 50)) as Metadata;
}

function avatarIn(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && text.length <= 2000 ? new URL(text).href : null;
}
