import { describe, expect, it } from 'vitest';
import { flatten } from '../../cli/table-file.ts';
import { entryOf } from '../entry.ts';
import { type ImportSource, shapeOf } from '../shape.ts';
import { shapesOf } from './all.ts';

/** What a record, as a product documents it, comes to. */
function read(source: ImportSource, record: unknown, map: Record<string, string> = {}) {
  const values = flatten(record);
  const found = shapeOf(shapesOf[source], Object.keys(values), map);
  if (!found) throw new Error('no table of the product');
  const reading = { source, ...found, now: new Date('2026-11-01T00:00:00Z') };
  return { table: found.shape.name, ...entryOf(values, reading) };
}

const timestamps = { created_at: '2020-04-27T00:24:08.334Z', updated_at: '2020-05-03T18:24:08.334Z' };

describe('Rewardful', () => {
  const affiliate = { id: 'dc93', first_name: 'James', last_name: 'Bond', email: 'jb007@mi6.example', ...timestamps };

  it('affiliates have a code for each link', () => {
    const entry = read('rewardful', {
      ...affiliate,
      ...{ state: 'active', paypal_email: null, visitors: 100, leads: 42, campaign: { id: 'a63', name: 'Friends' } },
      links: [
        { id: 'eb84', url: 'http://www.example.com/?via=adam', token: 'adam', visitors: 100 },
        { id: 'eb85', url: 'http://www.example.com/?via=adam-blog', token: 'adam-blog', visitors: 1 },
      ],
    });
    expect(entry).toMatchObject({
      table: 'affiliates',
      person: { foreignId: 'affiliate:dc93', email: 'jb007@mi6.example', metadata: { name: 'James Bond' } },
      codes: [{ code: 'adam' }, { code: 'adam-blog' }],
      referrer: null,
      referral: null,
    });
    expect(entry.person.createdAt).toBe('2020-04-27T00:24:08.334Z');
  });

  it('referrals are of the customer by the affiliate, once there is a customer', () => {
    const referral = {
      ...{ id: 'e523', visits: 42, link: { id: '32a1', token: 'jb007' }, affiliate, ...timestamps },
      customer: { id: 'cus_ABC123', name: 'Fred', email: 'fred@example.com', platform: 'stripe' },
    };
    expect(read('rewardful', { ...referral, conversion_state: 'conversion' })).toMatchObject({
      table: 'referrals',
      person: { foreignId: 'customer:cus_ABC123', email: 'fred@example.com' },
      referrer: { foreignId: 'affiliate:dc93' },
      referral: { state: 'approved', at: '2020-04-27T00:24:08.334Z' },
    });
    expect(read('rewardful', { ...referral, conversion_state: 'lead' }).referral?.state).toBe('pending');
    expect(() => read('rewardful', { ...referral, conversion_state: 'visitor' })).toThrow('still "visitor"');
  });

  it('commissions are a sale and what was paid for it', () => {
    const commission = (state: string, paidAt: string | null) => ({
      ...{ id: '39e6', amount: 3000, currency: 'USD', state, due_at: '2020-09-18T16:28:25.000Z', paid_at: paidAt },
      ...timestamps,
      sale: {
        ...{ id: '74e3', currency: 'USD', charged_at: '2020-08-19T16:28:25.000Z', charge_amount_cents: 10_000 },
        ...{ refund_amount_cents: 0, tax_amount_cents: 0, sale_amount_cents: 10_000, affiliate },
        referral: { id: 'd154', customer: { id: 'cus_ABC123', email: 'fred@example.com' }, ...timestamps },
      },
    });
    const money = { minor: 3000, currency: 'USD' };
    expect(read('rewardful', commission('paid', '2020-10-01T00:00:00Z'))).toMatchObject({
      table: 'commissions',
      referral: { state: 'approved' },
      conversion: { key: 'import:rewardful:74e3', minor: 10_000, currency: 'USD', at: '2020-08-19T16:28:25.000Z' },
      pastReward: { key: 'import:rewardful:39e6', to: 'referrer', ...money },
      unpaid: null,
    });
    expect(read('rewardful', commission('due', null))).toMatchObject({ pastReward: null, unpaid: money });
    expect(read('rewardful', commission('voided', null))).toMatchObject({ pastReward: null, unpaid: null });
  });

  it('the sheet for moving customers names the customer and the affiliate’s address', () => {
    const row = {
      stripe_customer_id: 'cus_1',
      first_name: 'Ann',
      last_name: 'Lee',
      email: 'ann@example.com',
      token: '',
    };
    expect(read('rewardful', row)).toMatchObject({
      table: 'customers',
      person: { foreignId: 'customer:cus_1' },
      referrer: { email: 'ann@example.com', metadata: { name: 'Ann Lee' } },
    });
  });
});

describe('FirstPromoter', () => {
  const by = { id: 7, promoter_id: 3, promoter: { id: 3, email: 'pro@example.com', name: 'Pro' } };

  it('promoters and referrals count their ids apart, and may have the host’s own', () => {
    const promoter = {
      id: 3,
      email: 'pro@example.com',
      name: 'Pro',
      cust_id: 'user-3',
      joined_at: '2023-11-07T05:31:56Z',
    };
    const campaigns = { promoter_campaigns: [{ id: 7, ref_token: 'pro3' }] };
    expect(read('firstpromoter', { ...promoter, ...campaigns })).toMatchObject({
      table: 'promoters',
      person: { foreignId: 'promoter:3', externalId: 'user-3' },
      codes: [{ code: 'pro3' }],
    });
    const referral = { id: 3, email: 'jo@example.com', uid: null, state: 'active', promoter_campaign: by };
    expect(read('firstpromoter', { ...referral, created_at: '2023-11-07T05:31:56Z' })).toMatchObject({
      table: 'referrals',
      person: { foreignId: 'referral:3', externalId: null },
      referrer: { foreignId: 'promoter:3' },
      referral: { state: 'approved' },
    });
    expect(() => read('firstpromoter', { ...referral, state: 'moved' })).toThrow('moved');
  });

  it('commissions need a currency for what was paid', () => {
    const commission = {
      ...{ id: 5, status: 'approved', commission_type: 'sale', sale_amount: 4900, original_sale_amount: 4900 },
      ...{ original_sale_currency: 'usd', event_id: 'ch_1', unit: 'cash', amount: 980, is_paid: true },
      ...{ created_at: '2023-11-07T05:31:56Z', status_updated_at: '2023-12-07T05:31:56Z', promoter_campaign: by },
      referral: { id: 3, email: 'jo@example.com', uid: 'user-9' },
    };
    const unsure = read('firstpromoter', commission);
    expect(unsure).toMatchObject({
      table: 'commissions',
      pastReward: null,
      conversion: { minor: 4900, currency: 'USD' },
    });
    expect(unsure.notes.join()).toContain('rewardCurrency');
    const sure = read('firstpromoter', commission, { rewardCurrency: '=USD' });
    expect(sure.pastReward).toMatchObject({ minor: 980, currency: 'USD', at: '2023-12-07T05:31:56.000Z' });
    expect(read('firstpromoter', { ...commission, status: 'denied' }, { rewardCurrency: '=USD' })).toMatchObject({
      pastReward: null,
      conversion: { reversedAt: '2023-11-07T05:31:56.000Z' },
    });
    expect(read('firstpromoter', { ...commission, commission_type: 'custom' }).conversion).toBeNull();
  });
});

it('GrowSurf: a participant with the link they share and who referred them', () => {
  const participant = {
    ...{ id: '4pdlhb', email: 'gavin@example.com', firstName: 'Gavin', lastName: 'B', createdAt: 1_552_404_738_928 },
    ...{
      shareUrl: 'https://piedpiper.example?grsf=4pdlhb',
      referralStatus: 'CREDIT_AWARDED',
      metadata: { phone: '1' },
    },
    referrer: { id: 'i9g2zh', email: 'richard@example.com' },
  };
  expect(read('growsurf', participant)).toMatchObject({
    person: { foreignId: '4pdlhb', createdAt: '2019-03-12T15:32:18.928Z' },
    codes: [{ code: '4pdlhb', kind: 'imported' }],
    referrer: { foreignId: 'i9g2zh' },
    referral: { state: 'approved' },
  });
});

it('Viral Loops: what its API answers, and the CSV it takes', () => {
  const user = { firstname: 'Efi', lastname: 'D', email: 'efi@example.com', referralCode: 'JFI876FDD' };
  expect(read('viralloops', { user, referrer: { email: 'ref@example.com', referralCode: 'E13i-LMv' } })).toMatchObject({
    person: { email: 'efi@example.com', metadata: { name: 'Efi D' } },
    codes: [{ code: 'JFI876FDD' }],
    referrer: { email: 'ref@example.com', code: 'E13i-LMv' },
    referral: { state: 'pending' },
  });
  const row = { email: 'a@example.com', firstName: 'A', lastname: '', id: '12', referrerId: '7', referralCount: '3' };
  expect(read('viralloops', row)).toMatchObject({ person: { foreignId: '12' }, referrer: { foreignId: '7' } });
});

it('ReferralHero: a subscriber, and the sale where its currency is told', () => {
  const subscriber = {
    ...{ id: 'sub_2bad', name: 'Ann', email: 'ann@example.com', code: 'annlee', created_at: 1_487_347_070 },
    ...{ referral_value: 49, transaction_id: 't-1', points: 3, referred: true },
    referred_by: { id: 'sub_1', name: 'Bo', email: 'bo@example.com', code: 'bo-code' },
  };
  expect(() => read('referralhero', subscriber)).toThrow('currency');
  expect(read('referralhero', subscriber, { currency: '=EUR' })).toMatchObject({
    person: { foreignId: 'sub_2bad', createdAt: '2017-02-17T15:57:50.000Z' },
    codes: [{ code: 'annlee' }],
    referrer: { foreignId: 'sub_1' },
    conversion: { key: 'import:referralhero:t-1', minor: 4900, currency: 'EUR' },
  });
});

describe('Dub', () => {
  it('commissions: the sale of a customer, and what the partner was paid', () => {
    const commission = {
      ...{
        id: 'cm_1JVR',
        amount: 5000,
        earnings: 1000,
        currency: 'usd',
        status: 'paid',
        invoiceId: 'in_1',
        type: 'sale',
      },
      ...{ createdAt: '2024-01-05T00:00:00.000Z', updatedAt: '2024-02-01T00:00:00.000Z', quantity: 1 },
      partner: { id: 'pn_1', name: 'Pat', email: 'pat@example.com', country: 'US' },
      customer: { id: 'cus_1', externalId: 'user-1', email: 'c@example.com', createdAt: '2024-01-01T00:00:00.000Z' },
    };
    expect(read('dub', commission)).toMatchObject({
      table: 'commissions',
      person: { externalId: 'user-1' },
      referrer: { foreignId: 'partner:pn_1' },
      referral: { at: '2024-01-01T00:00:00.000Z', state: 'approved' },
      conversion: { key: 'import:dub:in_1', minor: 5000, reversedAt: null },
      pastReward: { key: 'import:dub:cm_1JVR', minor: 1000, currency: 'USD', at: '2024-02-01T00:00:00.000Z' },
    });
    expect(read('dub', { ...commission, status: 'refunded' })).toMatchObject({
      pastReward: null,
      conversion: { reversedAt: '2024-01-05T00:00:00.000Z' },
      referral: { state: 'pending' },
    });
    expect(read('dub', { ...commission, type: 'lead', status: 'pending' })).toMatchObject({
      conversion: null,
      unpaid: { minor: 1000, currency: 'USD' },
    });
  });
});
