/**
 * Every endpoint on one screen: resource → operation → `METHOD /path`.
 *
 * Strings only, because this is all of the contract that a browser ships. `{name}` marks a path parameter. The
 * schemas, access rules and limits of each operation stand in the file named after its resource.
 */
export const routes = {
  participants: {
    upsert: 'POST /participants',
    get: 'GET /participants/{participant}',
    createToken: 'POST /participants/{participant}/token',
  },
  programs: {
    create: 'POST /programs',
    list: 'GET /programs',
    get: 'GET /programs/{program}',
    update: 'PATCH /programs/{program}',
    me: 'GET /programs/{program}/me',
  },
  clicks: {
    follow: 'GET /r/{code}',
    record: 'POST /clicks',
  },
  referrals: {
    create: 'POST /referrals',
  },
  conversions: {
    create: 'POST /conversions',
    reverse: 'POST /conversions/{conversion}/reverse',
  },
  points: {
    award: 'POST /points',
  },
  contests: {
    create: 'POST /contests',
    list: 'GET /contests',
    get: 'GET /contests/{contest}',
    update: 'PATCH /contests/{contest}',
  },
  leaderboards: {
    list: 'GET /contests/{contest}/leaderboard',
    standing: 'GET /contests/{contest}/standing',
  },
  live: {
    stream: 'GET /live',
  },
  webhooks: {
    create: 'POST /webhooks/endpoints',
    list: 'GET /webhooks/endpoints',
    get: 'GET /webhooks/endpoints/{endpoint}',
    update: 'PATCH /webhooks/endpoints/{endpoint}',
    delete: 'DELETE /webhooks/endpoints/{endpoint}',
    rotateSecret: 'POST /webhooks/endpoints/{endpoint}/rotate-secret',
    test: 'POST /webhooks/endpoints/{endpoint}/test',
    replayAll: 'POST /webhooks/endpoints/{endpoint}/replay',
    deliveries: 'GET /webhooks/deliveries',
    delivery: 'GET /webhooks/deliveries/{delivery}',
    replay: 'POST /webhooks/deliveries/{delivery}/replay',
  },
  operations: {
    livez: 'GET /livez',
    readyz: 'GET /readyz',
    metrics: 'GET /metrics',
    openapi: 'GET /openapi.json',
  },
} as const;

export type Routes = typeof routes;
