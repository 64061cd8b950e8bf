import type { Api } from '@laurelkit/sdk/client';

type Given<Call extends (...given: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;

/** A course as staff see it. */
export type Course = Given<Api['courses']['get']>;
/** The draft of a curriculum. */
export type Draft = Given<Api['courses']['draft']>;
/** A unit or a lesson. */
export type CourseNode = Draft['nodes'][number];
export type Video = NonNullable<CourseNode['video']>;
/** What finishes a lesson. */
export type Rule = NonNullable<CourseNode['done']>;
/** When something opens. */
export type Condition = NonNullable<CourseNode['opens']>;
export type CourseFault = Draft['faults'][number];
export type CourseVersion = Given<Api['courses']['versions']>['items'][number];
export type Migration = Given<Api['courses']['preview']>;
/** What was read of a file. */
export interface Converted {
  name: string | null;
  description: string | null;
  language: string | null;
  nodes: CourseNode[];
  faults: CourseFault[];
  notes: { where: string; detail: string }[];
}
export type Cohort = Given<Api['enrolments']['listCohorts']>['items'][number];
export type Block = Given<Api['courses']['render']>['blocks'][number];

/** The kinds of lessons, in the order they are offered in. */
export const lessonKinds = ['page', 'video', 'quiz', 'assignment', 'live', 'download', 'embed', 'external'] as const;

/** A node with nothing in it yet. */
export const emptyNode = (id: string, parent: string | null, type: CourseNode['type'], title: string): CourseNode => ({
  ...{ id, parent, type, title, summary: null, label: null, kind: type === 'lesson' ? 'page' : null },
  ...{ markdown: null, video: null, url: null, startsAt: null, endsAt: null, minutes: null },
  ...{ required: true, hidden: false, cohorts: [], weight: null, choose: null, done: null, opens: null, event: null },
});
