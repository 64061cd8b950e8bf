import { type AttributionOptions, createAttribution } from '../src/attribution.ts';
import { json, startServer } from './server.ts';

export const clickId = '0197b1c8-7e0c-7cc5-a1bd-07f6a8d5a111';
export const otherId = '0197b1c8-7e0c-7cc5-a1bd-07f6a8d5a222';
export const page = 'https://shop.example/landing';
export const day = 86_400_000;

/** A server that records each click and lets it count for a week. */
export const startApi = () =>
  startServer((_, response) =>
    json(response, { clickId, expiresAt: new Date(Date.now() + 7 * day).toISOString() }, 201),
  );

/** What a page does: everything is read again, only storage stays. */
export async function visit(baseUrl: string, address: string, options: Partial<AttributionOptions> = {}) {
  const attribution = createAttribution({ baseUrl, key: 'pk_1', address, ...options });
  await attribution.ready;
  return attribution;
}
