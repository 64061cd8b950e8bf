import type { codeKinds, referralStates } from '@laurelkit/sdk/contract';
import { type Cells, type Instants, type Metadata, metadataIn, past } from './cells.ts';
import { avatarIn, codesIn, personOf } from './person-of-row.ts';
import { conversionIn, rewardIn } from './sale-of-row.ts';
import type { Columns, ImportField, ImportSource, Shape } from './shape.ts';
import { CellError, shorten } from './values.ts';

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

const states: readonly string[] = ['pending', 'qualified', 'approved', 'rejected', 'expired', 'reversed'];

/** Reads a row. @throws CellError saying why nothing of it can go in */
export function entryOf(values: Record<string, string>, reading: Reading): Entry {
  const { shape, columns, source } = reading;
  const all = (field: ImportField) =>
    (columns[field] ?? [])
      .map((name) => (name.startsWith('=') ? name.slice(1) : (values[name] ?? '')).trim())
      .filter((text) => text !== '' && text.isWellFormed() && !text.includes('\u0000'));
  const cell: Cells = (field) => all(field)[0] ?? '';
  const at: Instants = (field) => past(cell(field), field, reading.now);
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

function stateIn(text: string, { states: known }: Shape): (typeof referralStates)[number] | null {
  const word = text.toLowerCase();
  if (word === '') return null;
  const state = known ? known[word] : states.includes(word) ? (word as (typeof referralStates)[number]) : undefined;
  if (state === undefined) throw new CellError(`state "${shorten(text)}" is not known`);
  if (state === null) throw new CellError(`the referral is still "${shorten(text)}"`);
  return state;
}
