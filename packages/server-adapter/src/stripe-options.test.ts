import { expect, it } from 'vitest';
import { settleStripe } from './stripe-options.ts';

const none = { webhookSecret: undefined, secretKey: undefined };
const key = 'sk_test_0123456789';

it('takes secrets from the options, else from the environment', () => {
  const environment = { webhookSecret: 'whsec_from_outside', secretKey: 'rk_from_outside' };
  expect(settleStripe({}, environment)).toMatchObject({
    ...{ webhookSecrets: ['whsec_from_outside'], secretKey: 'rk_from_outside', apiUrl: 'https://api.stripe.com' },
  });
  expect(settleStripe({ secretKey: key }, environment).secretKey).toBe(key);
  expect(settleStripe({}, none)).toMatchObject({ webhookSecrets: [], secretKey: null });
});

it('passes over what the environment holds by that name for somebody else, and refuses it as an option', () => {
  expect(settleStripe({}, { ...none, secretKey: 'dummy' }).secretKey).toBeNull();
  for (const secretKey of ['dummy', 'pk_test_0123456789', 'sk_', 'sk_a b c d e']) {
    expect(() => settleStripe({ secretKey }, none), secretKey).toThrow('"stripe.secretKey"');
  }
  for (const apiUrl of ['api.stripe.com', 'ftp://api.stripe.com']) {
    expect(() => settleStripe({ apiUrl }, none), apiUrl).toThrow('"stripe.apiUrl"');
  }
});
