import type { importSources, referralStates } from '@laurelkit/sdk/contract';

export type ImportSource = (typeof importSources)[number];
type State = (typeof referralStates)[number];

/** What a column may hold. `csv` tables name their columns so; `map` takes these names. */
export const importFields = [
  // The person of the row: the one who was referred, or bought, or whose code it is.
  ...[
    'id',
    'externalId',
    'email',
    'displayName',
    'name',
    'firstName',
    'lastName',
    'avatarUrl',
    'metadata',
    'createdAt',
  ],
  ...['code', 'codeKind', 'codePrimary', 'codeCreatedAt', 'link'],
  ...['referrerId', 'referrerExternalId', 'referrerEmail', 'referrerName', 'referrerFirstName', 'referrerLastName'],
  ...['referrerCode', 'state', 'referredAt', 'channel'],
  ...['conversionId', 'conversionKind', 'event', 'amount', 'amountMinor', 'refundedMinor', 'currency'],
  ...['conversionMetadata', 'convertedAt', 'reversedAt', 'referralId'],
  ...['rewardId', 'rewardAmount', 'rewardMinor', 'rewardCurrency', 'rewardUnit', 'rewardState', 'rewardVerdict'],
  'rewardPaidAt',
] as const;

export type ImportField = (typeof importFields)[number];

/** One table of a product, as it is documented. */
export interface Shape {
  name: string;
  /** Fields without which it is another table. */
  needs: readonly ImportField[];
  /** Field → names of the columns that hold it, the best first; `*` stands for any number. */
  columns: Partial<Record<ImportField, readonly string[]>>;
  /** Whose ids those of the row's person and of the referrer are, where the product counts kinds of people apart. */
  people?: { own: string; referrer: string };
  /** The product's words for how far a referral is, in small letters; `null`: it is none yet. */
  states?: Record<string, State | null>;
  /** Kinds of rows that are sales; without it all are. */
  saleKinds?: readonly string[];
  /** The product's words for what became of a reward, in small letters. */
  rewardStates?: Record<string, 'paid' | 'unpaid' | 'none'>;
  /** Verdicts on a reward that take it, and the sale, back. */
  takenBack?: readonly string[];
  /** Who got the reward of a row. */
  rewardTo?: 'referrer' | 'own';
}

/** Which columns of a file hold which field. A value that begins with `=` is the same on every row. */
export type Columns = Partial<Record<ImportField, string[]>>;

const normal = (name: string) => name.trim().toLowerCase();

/** The names of a file that fit a documented one. */
function fitting(documented: string, names: readonly string[]): string[] {
  if (!documented.includes('*')) return names.filter((name) => normal(name) === normal(documented));
  const parts = documented.split('*').map((part) => normal(part).replace(/[.\\^$|?+()[\]{}]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('\\d+')}$`);
  return names.filter((name) => pattern.test(normal(name)));
}

/** The columns of a file that are those of a shape, with the caller's own choice first. */
export function columnsOf(shape: Shape, names: readonly string[], map: Record<string, string>): Columns {
  const found: Columns = {};
  for (const field of importFields) {
    const chosen = map[field];
    const held = chosen === undefined ? (shape.columns[field] ?? []).flatMap((name) => fitting(name, names)) : [chosen];
    if (held.length > 0) found[field] = held;
  }
  return found;
}

/** The shape of a file, and which column holds what; `null` when it is none of these. */
export function shapeOf(
  shapes: readonly Shape[],
  names: readonly string[],
  map: Record<string, string>,
): { shape: Shape; columns: Columns } | null {
  const fits = shapes
    .map((shape) => ({ shape, columns: columnsOf(shape, names, map) }))
    .filter(({ shape, columns }) => shape.needs.every((field) => columns[field]));
  const most = Math.max(...fits.map(({ columns }) => Object.keys(columns).length));
  return fits.find(({ columns }) => Object.keys(columns).length === most) ?? null;
}
