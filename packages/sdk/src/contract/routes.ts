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
    numbers: 'GET /programs/{program}/numbers',
    series: 'GET /programs/{program}/numbers/days',
  },
  joining: {
    invitation: 'GET /programs/{program}/invitation',
    join: 'POST /programs/{program}/join',
    confirm: 'POST /programs/{program}/confirm',
    settings: 'PATCH /programs/{program}/me',
    codes: 'GET /programs/{program}/codes',
    chooseCode: 'POST /programs/{program}/codes',
    channels: 'GET /programs/{program}/channels',
  },
  clicks: {
    follow: 'GET /r/{code}',
    record: 'POST /clicks',
  },
  referrals: {
    create: 'POST /referrals',
    list: 'GET /referrals',
    get: 'GET /referrals/{referral}',
  },
  rewardRules: {
    create: 'POST /programs/{program}/reward-rules',
    list: 'GET /programs/{program}/reward-rules',
    get: 'GET /reward-rules/{rule}',
    update: 'PATCH /reward-rules/{rule}',
  },
  rewards: {
    list: 'GET /rewards',
    get: 'GET /rewards/{reward}',
    cancel: 'POST /rewards/{reward}/cancel',
    fulfil: 'POST /rewards/{reward}/fulfil',
    wallet: 'GET /programs/{program}/wallet',
  },
  payouts: {
    createBatch: 'POST /programs/{program}/payout-batches',
    listBatches: 'GET /programs/{program}/payout-batches',
    getBatch: 'GET /payout-batches/{batch}',
    approveBatch: 'POST /payout-batches/{batch}/approve',
    cancelBatch: 'POST /payout-batches/{batch}/cancel',
    list: 'GET /payout-batches/{batch}/payouts',
    csv: 'GET /payout-batches/{batch}/csv',
    markPaid: 'POST /payouts/{payout}/paid',
    markFailed: 'POST /payouts/{payout}/failed',
    retry: 'POST /payouts/{payout}/retry',
  },
  reviews: {
    list: 'GET /reviews',
    get: 'GET /reviews/{review}',
    decide: 'POST /reviews/decide',
    mine: 'GET /programs/{program}/reviews',
    appeal: 'POST /reviews/{review}/appeal',
  },
  risk: {
    listings: 'GET /risk/listings',
    addListing: 'POST /risk/listings',
    removeListing: 'POST /risk/listings/{listing}/remove',
    dryRun: 'POST /programs/{program}/risk/dry-run',
  },
  staff: {
    createToken: 'POST /staff/tokens',
  },
  conversions: {
    create: 'POST /conversions',
    reverse: 'POST /conversions/{conversion}/reverse',
  },
  points: {
    award: 'POST /points',
  },
  stripe: {
    webhook: 'POST /programs/{program}/stripe/webhook',
  },
  transfers: {
    createImport: 'POST /programs/{program}/imports',
    addRows: 'POST /imports/{import}/rows',
    getImport: 'GET /imports/{import}',
    checkImport: 'POST /imports/{import}/check',
    applyImport: 'POST /imports/{import}/apply',
    importProblems: 'GET /imports/{import}/problems',
    export: 'GET /programs/{program}/export/{table}',
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
