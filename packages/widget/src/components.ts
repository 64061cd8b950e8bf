import { type ComponentChildren, h, type JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { defineElements } from './element.ts';

interface CommonProps {
  /** BCP 47 tag; the page's own language unless told. */
  locale?: string;
  /** Level of the heading, 1 to 6; 2 unless told. */
  heading?: number;
  /** Try as signed in by the host's own cookie session. */
  session?: boolean;
  class?: string;
}

/** Properties of `Referral`. */
export interface ReferralProps extends CommonProps {
  /** Id or slug of the programme. */
  program: string;
  /** Where a stranger joins. */
  joinUrl?: string;
  /** What a stranger gets, in the host's own words. */
  children?: ComponentChildren;
}

/** Properties of `Invitation`. */
export interface InvitationProps extends CommonProps {
  /** Id or slug of the programme. */
  program: string;
  /** Names of the URL parameter that carries a code, with spaces between; those of every programme unless told. */
  parameters?: string;
  /** Which touch counts, as in the programme: `last` unless told. */
  model?: 'first' | 'last';
  /** What stands below the offer, such as a button. */
  children?: ComponentChildren;
}

/** Properties of `Leaderboard`. */
export interface LeaderboardProps extends CommonProps {
  /** Id or slug of the contest. */
  contest: string;
  /** How many rows from the top, 1 to 100; 10 unless told. */
  limit?: number;
  /** Shows the first three on a podium. */
  podium?: boolean;
  /** A board of some: friends, teams, the own cohort of a league, the period before, or an `interval`. */
  view?: 'friends' | 'teams' | 'cohort' | 'previous' | 'interval';
  /** With `view: 'interval'`: which stretch of time, by ISO 8601, such as `2026-05-01/P7D`. */
  interval?: string;
}

/** Properties of `Contest`. */
export interface ContestProps extends CommonProps {
  /** Id or slug of the contest. */
  contest: string;
  /** Where a stranger joins. */
  joinUrl?: string;
}

/** Properties of `Review`. */
export interface ReviewProps extends CommonProps {
  /** Id or slug of the programme. */
  program: string;
}

/** Properties of `ContestEditor`. */
export interface ContestEditorProps extends CommonProps {
  /** Id or slug of the programme. */
  program: string;
  /** Id or slug of the contest that is open from the start. */
  contest?: string;
}

/** Properties of `Progress`. */
export interface ProgressProps extends CommonProps {
  /** Id or slug of the course. */
  course: string;
  /** Where a lesson has a page, with `{course}` and `{lesson}` in it. */
  lessonUrl?: string;
  /** Where a stranger signs in. */
  joinUrl?: string;
  /** Slug of the group that one enrols in. */
  cohort?: string;
}

/** Properties of `Course`. */
export interface CourseProps extends CommonProps {
  /** Id or slug of the course. */
  course: string;
  /** The lesson to begin with; the next one unless told. */
  lesson?: string;
  /** Keeps the lesson in the address of the page, as `#lesson=…`. */
  hash?: boolean;
  /** Where a stranger signs in. */
  joinUrl?: string;
  /** Slug of the group that one enrols in. */
  cohort?: string;
}

/** Properties of `CourseVideo`. */
export interface CourseVideoProps extends CommonProps {
  /** Id or slug of the course. */
  course: string;
  /** Id of the lesson. */
  lesson: string;
}

/** Properties of `Catalogue`. */
export interface CatalogueProps extends CommonProps {
  /** Where a course has a page, with `{course}` in it. */
  courseUrl?: string;
  /** The topic that is chosen from the start. */
  tag?: string;
  /** Where a stranger signs in. */
  joinUrl?: string;
}

/** How far somebody is in a course as a Preact component: the custom element, defined when it first mounts. */
export function Progress({ lessonUrl, joinUrl, session, ...rest }: ProgressProps): JSX.Element {
  useEffect(defineElements, []);
  const own = { 'lesson-url': lessonUrl, 'join-url': joinUrl, session: session ? '' : undefined };
  return h('laurel-progress', { ...rest, ...own });
}

/** A course and its lessons as a Preact component: the custom element, defined when it first mounts. */
export function Course({ joinUrl, hash, session, ...rest }: CourseProps): JSX.Element {
  useEffect(defineElements, []);
  const own = { 'join-url': joinUrl, hash: hash ? '' : undefined, session: session ? '' : undefined };
  return h('laurel-course', { ...rest, ...own });
}

/** The video of a lesson as a Preact component: the custom element, defined when it first mounts. */
export function CourseVideo({ session, ...rest }: CourseVideoProps): JSX.Element {
  useEffect(defineElements, []);
  return h('laurel-video', { ...rest, session: session ? '' : undefined });
}

/** The catalogue of courses as a Preact component: the custom element, defined when it first mounts. */
export function Catalogue({ courseUrl, joinUrl, session, ...rest }: CatalogueProps): JSX.Element {
  useEffect(defineElements, []);
  const own = { 'course-url': courseUrl, 'join-url': joinUrl, session: session ? '' : undefined };
  return h('laurel-catalogue', { ...rest, ...own });
}

/** Properties of `CourseEditor`. */
export interface CourseEditorProps extends CommonProps {
  /** Id or slug of the course that is open from the start; without it the list of courses. */
  course?: string;
}

/** Properties of `CohortView`. */
export interface CohortViewProps extends CommonProps {
  /** Id or slug of the course. */
  course: string;
  /** Id or slug of the cohort that is shown first; all of them unless told. */
  cohort?: string;
}

/** The editor of courses for staff as a Preact component: the custom element, defined when it first mounts. */
export function CourseEditor(props: CourseEditorProps): JSX.Element {
  useEffect(defineElements, []);
  const { session, ...rest } = props;
  return h('laurel-course-editor', { ...rest, session: session ? '' : undefined });
}

/** Who is where in a course, for staff, as a Preact component: the custom element, defined when it first mounts. */
export function CohortView(props: CohortViewProps): JSX.Element {
  useEffect(defineElements, []);
  const { session, ...rest } = props;
  return h('laurel-cohort', { ...rest, session: session ? '' : undefined });
}

/** The editor of contests for staff as a Preact component: the custom element, defined when it first mounts. */
export function ContestEditor(props: ContestEditorProps): JSX.Element {
  useEffect(defineElements, []);
  const { session, ...rest } = props;
  return h('laurel-contest-editor', { ...rest, session: session ? '' : undefined });
}

/** The review queue for staff as a Preact component: the custom element, defined when it first mounts. */
export function Review(props: ReviewProps): JSX.Element {
  useEffect(defineElements, []);
  const { session, ...rest } = props;
  return h('laurel-review', { ...rest, session: session ? '' : undefined });
}

/** The referral card as a Preact component: the custom element, defined when it first mounts. */
export function Referral({ program, joinUrl, children, ...rest }: ReferralProps): JSX.Element {
  useEffect(defineElements, []);
  return h('laurel-referral', { program, 'join-url': joinUrl, ...rest }, children);
}

/** The banner of an invited visitor as a Preact component: the custom element, defined when it first mounts. */
export function Invitation({ children, ...rest }: InvitationProps): JSX.Element {
  useEffect(defineElements, []);
  return h('laurel-invitation', { ...rest, session: rest.session ? '' : undefined }, children);
}

/** The leaderboard as a Preact component: the custom element, defined when it first mounts. */
export function Leaderboard(props: LeaderboardProps): JSX.Element {
  useEffect(defineElements, []);
  const { podium, session, ...rest } = props;
  return h('laurel-leaderboard', { ...rest, podium: podium ? '' : undefined, session: session ? '' : undefined });
}

/** A contest as a Preact component: the custom element, defined when it first mounts. */
export function Contest({ joinUrl, session, ...rest }: ContestProps): JSX.Element {
  useEffect(defineElements, []);
  return h('laurel-contest', { ...rest, 'join-url': joinUrl, session: session ? '' : undefined });
}
