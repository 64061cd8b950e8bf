import type { Logger } from 'pino';
import { createKeyRing } from './access/key-ring.ts';
import { deriveKey } from './access/secrets.ts';
import { createTokenIssuer } from './access/tokens.ts';
import { createSeeing } from './attribution/seen.ts';
import { createBus } from './bus.ts';
import { createRunner } from './call.ts';
import { contests } from './contests/index.ts';
import { keepMissingRules } from './contests/missing-rules.ts';
import { startContests } from './contests/start.ts';
import type { Context } from './context.ts';
import { conversions } from './conversions/index.ts';
import { type ConversionInput, conversionStatements, type Recorded, writeTogether } from './conversions/write.ts';
import { courseFiles } from './course-files/index.ts';
import { courses } from './courses/index.ts';
import { createCurricula } from './curriculum/kept-curricula.ts';
import { databaseOn, quoteSchema } from './db/database.ts';
import { groupCommit } from './db/group-commit.ts';
import { findParticipant } from './db/references.ts';
import type { Storage } from './db/storage.ts';
import { createBeacon } from './drawing/beacon.ts';
import { createCommit } from './drawing/commit.ts';
import { drawing, drawingSteps } from './drawing/index.ts';
import { receiptKeyOf } from './drawing/receipt-key.ts';
import { enrolments } from './enrolments/index.ts';
import { enrolmentSteps } from './enrolments/keep.ts';
import { createStripeSessions } from './enrolments/stripe-sessions.ts';
import { entries } from './entries/index.ts';
import { createLine } from './entries/line.ts';
import { createOutbox } from './events.ts';
import { createApp } from './http/app.ts';
import type { Arrival } from './http/arrival.ts';
import type { Drain } from './http/drain.ts';
import { createIdempotency } from './http/idempotency.ts';
import { createLimits } from './http/limits.ts';
import { createLive } from './http/live.ts';
import { createMetrics } from './http/metrics.ts';
import { operations } from './http/operations.ts';
import { createOrigins } from './http/origins.ts';
import { createOverload } from './http/overload.ts';
import { type Endpoint, endpointsOf } from './http/router.ts';
import { insight } from './insight/index.ts';
import { cohortTopics, courseTopics } from './insight/live.ts';
import { createJobs } from './jobs.ts';
import { createConfirmations } from './joining/confirmations.ts';
import { joining } from './joining/index.ts';
import { createKeeper } from './keeper.ts';
import { createBoardReader } from './leaderboards/board.ts';
import { createBoardSource } from './leaderboards/board-source.ts';
import { createHeldBoards } from './leaderboards/held-boards.ts';
import { leaderboards } from './leaderboards/index.ts';
import { contestTopics } from './leaderboards/live.ts';
import { leagues } from './leagues/index.ts';
import { createLeagueKeeper } from './leagues/keep.ts';
import { createSequencer } from './ledger/sequencer.ts';
import { lessons } from './lessons/index.ts';
import { createMail } from './mail/transport.ts';
import { openReplica } from './open.ts';
import type { Settings } from './options.ts';
import { participants } from './participants/index.ts';
import { payouts } from './payouts/index.ts';
import { createPayer } from './payouts/payer.ts';
import { points } from './points/index.ts';
import { awardPoints } from './points/statement.ts';
import { type Awarded, type AwardInput, writeAwards } from './points/write.ts';
import { programs } from './programs/index.ts';
import { programTopics } from './programs/live.ts';
import { progress } from './progress/index.ts';
import { createProgressWriter } from './progress/together.ts';
import { publicName } from './public-name.ts';
import type { RedisClient } from './redis-channel.ts';
import { clicks } from './referrals/clicks.ts';
import { referrals } from './referrals/index.ts';
import { type ClickInput, type RecordedClick, recordClicks, writeClicks } from './referrals/record-clicks.ts';
import { createFulfilment } from './rewards/fulfilment.ts';
import { rewards } from './rewards/index.ts';
import { createPrizes } from './rewards/prizes.ts';
import { rewardRules } from './rewards/rules.ts';
import { settleRewards } from './rewards/settle.ts';
import { createRisk } from './risk/index.ts';
import { createSettler } from './settlement/settler.ts';
import { staff } from './staff/index.ts';
import { streaks } from './streaks/index.ts';
import { stripe } from './stripe/index.ts';
import { teams } from './teams/index.ts';
import { createKeptTeams } from './teams/kept-teams.ts';
import { readRankedTeams } from './teams/ranked-teams.ts';
import { teamBoard } from './teams/team-board.ts';
import { createTelling, type Told } from './telling.ts';
import { transfers } from './transfers/index.ts';
import { webhooks as webhookHandlers } from './webhooks/index.ts';
import { createWebhooks } from './webhooks/service.ts';
import { winnerSteps, winners } from './winners/index.ts';
import { createWinnerNotices } from './winners/notify.ts';

/** Everything of one installation on an open storage, wired together. Nothing runs yet. */
export type House = ReturnType<typeof assemble>;

/** What the installation gives to those it wires. */
interface Surroundings {
  logger: Logger;
  /** Hears of errors that no caller waits for. */
  onFailure(error: unknown): void;
  drain: Drain;
  ready(): Promise<unknown>;
  isReady(): boolean;
}

/** Wires the modules to storage, bus and HTTP. The one place that knows them all. */
export function assemble(storage: Storage, settings: Settings, surroundings: Surroundings) {
  const { logger, onFailure, drain } = surroundings;
  const { schema, secret } = settings;
  const database = databaseOn(storage, schema);
  const bus = createBus(storage, schema, { redis: settings.redis as RedisClient | undefined, onFailure });
  const { channel } = bus;
  const replica = openReplica(storage, settings);
  const boards = createHeldBoards({
    database,
    source: createBoardSource(storage, schema),
    isHearing: () => settings.boards !== false && bus.hearing,
    onFailure,
    ...(settings.boards && { options: settings.boards }),
  });
  // Before live updates: what they read must already know that it is behind.
  bus.subscribe(boards.receive);
  bus.onLost(boards.suspend);
  const telling = createTelling(bus, ({ boards: reached }) => {
    for (const [contestId, seq] of Object.entries(reached ?? {})) boards.acknowledged(contestId, seq);
  });
  const sequencer = createSequencer(storage, schema, telling);
  const personKey = deriveKey(secret, 'person');
  const risk = createRisk({ settings: settings.risk, personKey, channel });
  const settler = createSettler(storage, schema, {
    steps: [risk.assess, settleRewards],
    bus,
    clock: settings.clock,
    onFailure,
  });
  const prizes = createPrizes(storage, schema, channel, settings.clock);
  const toHost = { storage, schema, channel, clock: settings.clock, onFailure };
  const fulfil = settings.rewards?.fulfil;
  const fulfilment = fulfil && createFulfilment({ ...toHost, fulfil });
  const pay = settings.payouts?.pay;
  const payer = pay && createPayer({ ...toHost, pay });
  const mail = settings.mail && createMail(settings.mail);
  const winning = { ...toHost, mail };
  const winnerNotices = createWinnerNotices(winning);
  const boardKey = deriveKey(secret, 'board-id');
  const beacon = createBeacon({ settings: settings.draws, logger, count: (result) => metrics.countBeacon(result) });
  const receiptKey = receiptKeyOf(deriveKey(secret, 'draw-receipt'));
  const seedKey = deriveKey(secret, 'instant-seed');
  const draws = { ...toHost, boardKey, seedKey, receiptKey, chain: settings.draws.chain, beacon };
  const curricula = createCurricula();
  const line = createLine(storage, schema, channel, settings.clock);
  const league = createLeagueKeeper(storage, schema, settings.clock, onFailure);
  const sessions = createStripeSessions(settings.stripe);
  // In the order of a contest's life.
  const keeper = createKeeper(
    [
      startContests(storage, schema, channel, settings.clock),
      keepMissingRules(storage, schema, settings.clock),
      line.keep,
      ...drawingSteps(draws),
      ...winnerSteps(winning, winnerNotices),
      league.run,
      ...enrolmentSteps({ ...toHost, curricula, sessions }),
    ],
    onFailure,
  );
  const outbox = createOutbox(storage, schema, onFailure);
  const jobs = createJobs(storage, schema, outbox, onFailure);
  const runner = createRunner(storage, schema, bus, replica);
  const idempotency = createIdempotency(storage, schema);
  const cookieKey = deriveKey(secret, 'click-cookie');
  const joinKey = deriveKey(secret, 'join-token');
  const sightings = { key: personKey, keepDays: settings.risk.keepDays, isDatacentre: settings.risk.isDatacentre };
  const seeing = createSeeing(sightings);
  const confirmations = createConfirmations(storage, schema, { mail, key: joinKey, clock: settings.clock, onFailure });
  const limits = createLimits(settings.limits, settings.redis);
  const guess = (participantId: string, { caller, address }: Context) => limits.guess(participantId, caller, address);
  const now = () => settings.clock() ?? new Date();
  const tokens = createTokenIssuer(deriveKey(secret, 'participant-token'), schema, now);
  const staffTokens = createTokenIssuer(deriveKey(secret, 'staff-token'), schema, now, 'staff');
  const keys = createKeyRing(() => database, settings.keys);
  const reader = createBoardReader(boardKey, boards, (source) => metrics.countBoardRead(source));
  const keptTeams = createKeptTeams((contestId) => readRankedTeams(database, contestId));
  const live = createLive({
    bus,
    topics: {
      contest: contestTopics(storage, schema, reader),
      program: programTopics,
      course: courseTopics(storage, schema),
      cohort: cohortTopics(storage, schema, () => drain.draining),
    },
    limits: settings.liveLimits,
    onFailure,
  });
  const overload = createOverload(drain, settings.concurrency);
  const metrics = createMetrics({
    streams: () => live.size,
    live: live.counts,
    refused: () => overload.refused,
    outboxAgeSeconds: outbox.oldestAgeSeconds,
    intakeRows: sequencer.waiting,
    failingReferrals: settler.failing,
    webhookAgeSeconds: () => webhooks.oldestDueSeconds(),
    ...(replica && { replicaStalenessSeconds: replica.stalenessSeconds }),
    boards: () => boards.size,
    boardBytes: () => boards.bytes,
  });
  const webhooks = createWebhooks({
    database,
    channel,
    key: deriveKey(secret, 'webhook-secret'),
    options: settings.webhooks,
    logger,
    count: (outcome) => metrics.countWebhook(outcome),
    onFailure,
  });
  outbox.feed(webhooks.fanOut);
  const quoted = quoteSchema(schema);
  // While one statement waits for its commit, the next can already look its rows up.
  const gathering = { inFlight: storage.kind === 'postgres' ? 2 : 1, ...settings.groupCommit };
  const together = <Item, Row extends Told>(
    write: (items: readonly Item[], channel: string | null) => Promise<Row[]>,
  ) => groupCommit<Item, Row>((items) => telling((channel) => write(items, channel)), gathering);
  const statements = conversionStatements(schema);
  const writing = { schema: quoted, statement: recordClicks(quoted), sightings };
  const awardStatement = awardPoints(quoted, { numbered: true });
  const learning = { curricula, schema: quoted };

  const onRename = (participantId: string) => boards.receive({ names: [participantId] });
  const people = participants({ tokens, channel, personKey, onRename });
  const edges = referrals({ cookieKey, channel, sequencer, guess, seeing });
  const sales = conversions({
    statements,
    together: together<ConversionInput, Recorded>((items, to) => writeTogether(storage, statements, items, to)),
    channel,
    sequencer,
    guess,
    sightings,
    count: metrics.countConversion,
  });

  const endpoints = endpointsOf({
    participants: people,
    programs: programs({ seeing, publicUrl: settings.publicUrl }),
    clicks: clicks({
      cookieKey,
      writing,
      together: together<ClickInput, RecordedClick>((items, to) => writeClicks(storage, writing, items, to)),
      channel,
    }),
    referrals: edges,
    conversions: sales,
    points: points({
      enlisted: awardPoints(quoted, { numbered: false }),
      together: together<AwardInput, Awarded>((items, to) => writeAwards(storage, awardStatement, items, to)),
      channel,
    }),
    joining: joining({
      ...{
        cookieKey,
        personKey,
        tokenKey: joinKey,
        channel,
        tokens,
        seeing,
        sequencer,
        confirmations,
        onFailure,
        verify: settings.joining?.verify,
      },
      message: ({ address }) => limits.message(address),
    }),
    rewardRules: rewardRules(channel),
    rewards: rewards(channel),
    payouts: payouts(channel),
    reviews: risk.reviews,
    risk: risk.risk,
    staff: staff(staffTokens),
    stripe: stripe({
      settings: settings.stripe,
      upsert: people.upsert,
      bind: edges.create,
      conversions: sales,
      clock: now,
      ...{ sightings, personKey, channel },
    }),
    transfers: transfers({ personKey, publicName }),
    contests: contests({ channel, onChange: (reference) => boards.receive({ contests: [reference] }) }),
    entries: entries({
      ...{ channel, sequencer, seeing, boardKey, personKey, seedKey, line, onRename },
      formKey: deriveKey(secret, 'contest-form'),
      commit: createCommit(draws),
      placeOf: async (context, contest, participantId) => {
        const { own, participants: of } = await reader.around(context, contest, 'all', participantId, 0);
        return own && { position: own.ordinal, of };
      },
    }),
    teams: teams({ key: boardKey, kept: keptTeams, guess }),
    draws: { ...drawing(draws), ...winners({ board: boardKey, claim: deriveKey(secret, 'claim') }, channel) },
    leaderboards: {
      ...leaderboards({ reader, held: boards, key: boardKey }),
      ...teamBoard(boardKey, keptTeams),
      ...leagues({ key: boardKey, keeper: league }),
    },
    courses: { ...courses({ curricula, channel }), ...courseFiles({ curricula }) },
    lessons: lessons(curricula),
    enrolments: enrolments({
      ...{ curricula, channel, schema, settings: settings.stripe, clock: settings.clock },
      sessions,
      sessionOrigins: settings.sessionOrigins,
    }),
    progress: progress({
      ...learning,
      together: createProgressWriter(storage, learning, telling, gathering),
      channel,
    }),
    streaks: streaks(),
    insight: insight({ curricula, key: boardKey }),
    live: live.handlers,
    webhooks: webhookHandlers(webhooks),
    operations: operations(storage, schema, metrics, {
      isDraining: () => drain.draining,
      isReady: surroundings.isReady,
    }),
  });

  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));

  const session = async (arrival: Arrival) => {
    const named = settings.identify ? await settings.identify(arrival.request()) : null;
    return named ? ((await findParticipant(database, named).catch(() => null))?.id ?? null) : null;
  };

  const app = createApp({
    settings,
    endpoints,
    credentials: {
      keys,
      tokens,
      staffTokens,
      session,
      origins: createOrigins(settings.publicUrl, settings.sessionOrigins),
    },
    limits,
    idempotency,
    runner,
    metrics,
    logger,
    drain,
    overload,
    ready: surroundings.ready,
    isReady: surroundings.isReady,
  });

  return {
    app,
    beacon,
    boards,
    bus,
    confirmations,
    database,
    endpointOf: (name: string) => byName.get(name) as Endpoint,
    fulfilment,
    idempotency,
    jobs,
    keeper,
    live,
    outbox,
    payer,
    prizes,
    replica,
    runner,
    sequencer,
    settler,
    storage,
    webhooks,
    winnerNotices,
  };
}
