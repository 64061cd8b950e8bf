import type { Cells, Instants } from './cells.ts';
import type { Entry, Person } from './entry.ts';
import type { ImportField, ImportSource } from './shape.ts';
import { CellError, codeInLink, shorten } from './values.ts';

const kinds: readonly string[] = ['generated', 'vanity', 'coupon', 'imported'];
const emailPattern = /^[^\s@"<>(),;:\\]+@[^\s@"<>(),;:\\]+\.[^\s@.]{2,}$/u;

/** Which fields tell of a person. */
interface PersonFields {
  id: ImportField;
  externalId: ImportField;
  email: ImportField;
  names: readonly [ImportField, ImportField, ImportField];
}

/** A person's name in another product is not one they chose to be seen by: it is kept as a fact, not as a public name. */
export function personOf(cell: Cells, source: ImportSource, kind: string | undefined, fields: PersonFields): Person {
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

/** The codes of a row's person; what cannot be one is noted. */
export function codesIn(
  all: (field: ImportField) => string[],
  cell: Cells,
  at: Instants,
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

/** The address of a picture, or `null`. */
export function avatarIn(text: string): string | null {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && text.length <= 2000 ? new URL(text).href : null;
}
