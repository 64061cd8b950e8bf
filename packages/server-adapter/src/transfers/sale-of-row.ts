import { type Cells, type Instants, metadataIn, moneyIn } from './cells.ts';
import type { Entry, Reading } from './entry.ts';
import { CellError, shorten } from './values.ts';

/** The sale of a row, or `null`. @throws CellError */
export function conversionIn(
  cell: Cells,
  at: Instants,
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

/** What became of the reward of a row, as far as it is money. @throws CellError */
export function rewardIn(
  cell: Cells,
  at: Instants,
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
