/**
 * Laurel's referral card, invitation banner, live leaderboard and contests as custom elements and Preact components.
 *
 * @example
 * ```ts
 * import { defineElements, identify, init } from '@laurelkit/widget';
 * init({ api: '/api', key: 'pk_…' });
 * identify(() => fetch('/laurel-token').then((answer) => answer.text()));
 * defineElements();
 * ```
 */
export {
  Catalogue,
  type CatalogueProps,
  CohortView,
  type CohortViewProps,
  Contest,
  ContestEditor,
  type ContestEditorProps,
  type ContestProps,
  Course,
  CourseEditor,
  type CourseEditorProps,
  type CourseProps,
  CourseVideo,
  type CourseVideoProps,
  Invitation,
  type InvitationProps,
  Leaderboard,
  type LeaderboardProps,
  Progress,
  type ProgressProps,
  Referral,
  type ReferralProps,
  Review,
  type ReviewProps,
} from './components.ts';
export { defineElements } from './element.ts';
export type { Events } from './emit.ts';
export type { Message, MessageKey, Messages } from './i18n/en.ts';
export { identify, init, on } from './laurel.ts';
export type { TokenSource } from './stores/identity.ts';
export type { Settings } from './stores/session.ts';
