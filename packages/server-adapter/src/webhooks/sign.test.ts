import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from './sign.ts';

const secret = () => `whsec_${randomBytes(32).toString('base64')}`;
const now = () => Math.floor(Date.now() / 1000);

describe('signedHeaders', () => {
  it('are those of the reference library, for every body and id', () => {
    const one = secret();
    fc.assert(
      fc.property(fc.uuid(), fc.jsonValue(), (id, value) => {
        const message = { id, timestamp: now(), body: JSON.stringify(value) };
        const headers = signedHeaders([one], message);
        const reference = new Webhook(one);
        expect(headers['webhook-signature']).toBe(reference.sign(id, new Date(message.timestamp * 1000), message.body));
        expect(reference.verify(message.body, headers)).toEqual(JSON.parse(message.body));
      }),
    );
  });

  it('carry one signature for each secret, and each verifies', () => {
    const secrets = [secret(), secret(), secret()];
    const headers = signedHeaders(secrets, { id: 'a', timestamp: now(), body: '{}' });
    for (const each of secrets) expect(new Webhook(each).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(secret()).verify('{}', headers)).toThrow();
  });

  it('verify for nothing else: another body, id or instant', () => {
    const one = secret();
    const timestamp = now();
    const headers = signedHeaders([one], { id: 'a', timestamp, body: '{"a":1}' });
    const reference = new Webhook(one);
    expect(() => reference.verify('{"a":2}', headers)).toThrow();
    expect(() => reference.verify('{"a":1}', { ...headers, 'webhook-id': 'b' })).toThrow();
    expect(() => reference.verify('{"a":1}', { ...headers, 'webhook-timestamp': String(timestamp - 1) })).toThrow();
  });
});
