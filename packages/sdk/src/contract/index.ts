/**
 * The one description of the wire, from which client types, server parsing, OpenAPI and the tests are derived.
 *
 * @example
 * ```ts
 * import { contract } from '@laurelkit/sdk/contract';
 * const client = createClient({ baseUrl: '/api', validate: contract });
 * ```
 */
import { clicks } from './clicks.ts';
import { contests } from './contests.ts';
import { conversions } from './conversions.ts';
import { courses } from './courses.ts';
import { draws } from './draws.ts';
import { enrolments } from './enrolments.ts';
import { entries } from './entries.ts';
import { insight } from './insight.ts';
import { joining } from './joining.ts';
import { leaderboards } from './leaderboards.ts';
import { lessons } from './lessons.ts';
import { live } from './live.ts';
import type { Operations } from './operation.ts';
import { operations } from './operations.ts';
import { participants } from './participants.ts';
import { payouts } from './payouts.ts';
import { points } from './points.ts';
import { programs } from './programs.ts';
import { progress, streaks } from './progress.ts';
import { referrals } from './referrals.ts';
import { reviews, risk } from './reviews.ts';
import { rewardRules, rewards } from './rewards.ts';
import type { Routes } from './routes.ts';
import { staff } from './staff.ts';
import { stripe } from './stripe.ts';
import { teams } from './teams.ts';
import { transfers } from './transfers.ts';
import { webhooks } from './webhooks.ts';

export const contract = {
  participants,
  programs,
  joining,
  clicks,
  referrals,
  rewardRules,
  rewards,
  payouts,
  reviews,
  risk,
  staff,
  conversions,
  points,
  stripe,
  transfers,
  contests,
  entries,
  teams,
  draws,
  leaderboards,
  courses,
  lessons,
  enrolments,
  progress,
  streaks,
  insight,
  live,
  webhooks,
  operations,
} as const satisfies { [Resource in keyof Routes]: Operations<Routes[Resource]> };

export type Contract = typeof contract;

export type { Api, Call, CallOptions } from './api.ts';
export { Click } from './clicks.ts';
export {
  actionKinds,
  ContestAction,
  ContestPrize,
  ContestSettings,
  contestKinds,
  drawSources,
  namePolicies,
  tiePolicies,
} from './contest-settings.ts';
export { Contest, ContestRules, ContestStep, contestPeriods, contestStates, ScoringRule } from './contests.ts';
export { Conversion } from './conversions.ts';
export { Chapter, CourseNode, courseNodes, lessonKinds, Video, videoProviders } from './course-nodes.ts';
export { Availability, CompletionRule } from './course-rules.ts';
export {
  Course,
  CourseDraft,
  CourseFault,
  CourseVersion,
  courseFormats,
  courseStates,
  MigrationPreview,
  migrationChoices,
} from './courses.ts';
export {
  Commitment,
  Disqualification,
  Draw,
  Freeze,
  PublicWinner,
  SignedReceipt,
  Winner,
  winnerStates,
} from './draws.ts';
export { Cohort, Enrolment, enrolmentStates } from './enrolments.ts';
export { actionStates, entrySources, missingRequirements, OwnEntries, Play, StockLeft, Submission } from './entries.ts';
export { type EventName, type EventPayload, events } from './events.ts';
export { CohortRow, FunnelStep, HeatMap, Learner } from './insight.ts';
export { type IsoInterval, type IsoMoment, isoInterval } from './iso-interval.ts';
export { codeKinds, Invitation, ParticipantCode } from './joining.ts';
export { boardIntervals, LeaderboardRow, leaderboardWindows, Standing } from './leaderboards.ts';
export { Lesson, Lock, lockKinds, nodeStates, Outline, OutlineNode } from './lessons.ts';
export { type LiveMessages, liveMessages } from './live.ts';
export type { Access, Input, LimitClass, Operation, Output, Parsed, Schema } from './operation.ts';
export { Participant, ParticipantToken } from './participants.ts';
export { Payout, PayoutBatch, payoutBatchStates, payoutStates } from './payouts.ts';
export { PointsAward } from './points.ts';
export { type ProblemCode, problems } from './problems.ts';
export { Attribution, legalClasses, Program, ProgramDay, ProgramMe, ProgramNumbers } from './programs.ts';
export { Progress, ProgressEvent, ProgressEventInput, progressKinds, progressRefusals, Streak } from './progress.ts';
export { attributedBy, Referral, ReferralDetail, referralStates } from './referrals.ts';
export {
  OwnReview,
  Review,
  RiskListing,
  RiskSignal,
  reviewSides,
  reviewStates,
  riskGroups,
  riskListKinds,
  riskModes,
  riskSeverities,
} from './reviews.ts';
export {
  Reward,
  RewardCaps,
  RewardConditions,
  RewardDefinition,
  RewardRule,
  RewardValue,
  rewardStates,
  rewardTriggers,
  Wallet,
} from './rewards.ts';
export { Block } from './rich-text.ts';
export { type Routes, routes } from './routes.ts';
export { StaffToken } from './staff.ts';
export { OwnTeam } from './teams.ts';
export { exportFormats, exportTables, Import, ImportProblem, importSources, importStates } from './transfers.ts';
export { WebhookAttempt, WebhookDelivery, WebhookEndpoint, webhookDeliveryStates } from './webhooks.ts';
