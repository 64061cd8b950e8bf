import type { Api } from '@laurelkit/sdk/client';
import type { Signal } from '@preact/signals';

type Answer<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;

/** A course as the API answers it. */
export type Course = Answer<Api['courses']['get']>;
/** The course as a tree, as the caller sees it. */
export type Outline = Answer<Api['lessons']['outline']>;
/** A unit or lesson of it. */
export type Node = Outline['nodes'][number];
/** Why something is locked. */
export type Lock = Node['locks'][number];
/** How far somebody is. */
export type Progress = Answer<Api['progress']['get']>;
/** Somebody in a course. */
export type Enrolment = Answer<Api['enrolments']['get']>;
/** A group that learns together. */
export type Cohort = Answer<Api['enrolments']['listCohorts']>['items'][number];

/** One picture of a course and the visitor's part in it. */
export interface LearningView {
  course: Course;
  /** `null` before anything is published. */
  outline: Outline | null;
  /** `null` for whoever does not learn here. */
  progress: Progress | null;
  enrolment: Enrolment | null;
  /** Those that one can enrol in now. */
  cohorts: readonly Cohort[];
  /** Whether somebody is signed in. */
  signedIn: boolean;
  /** When it was true. */
  at: number;
}

/** What an element shows. */
export interface LearningState {
  view: LearningView | null;
  /** The first reading failed: nothing is shown. */
  failed: boolean;
  offline: boolean;
}

/** The state of one course for one visitor, kept current. */
export interface Learning {
  readonly state: Signal<LearningState>;
  /** Reads everything again; answers whether that worked. */
  read(): Promise<boolean>;
  /** As {@link read} after something was done here; the other elements of the page show it too. */
  changed(): Promise<void>;
  /** Takes what another call told of the progress. */
  took(progress: Progress): void;
  stop(): void;
}
