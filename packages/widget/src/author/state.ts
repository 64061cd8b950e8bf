import type { Faults } from '../forms/sheet.ts';
import type { CohortForm } from './cohort-form.ts';
import type { CourseForm } from './course-form.ts';
import type { ShownFault } from './faults.ts';
import type { Block, Cohort, Converted, Course, CourseNode, CourseVersion, Draft, Migration } from './node.ts';
import type { Nodes, Place } from './tree.ts';
import type { AuthorKey } from './words.ts';

/** What of an opened course is shown. */
export type Tab = 'content' | 'settings' | 'cohorts' | 'versions';

/** What has become of the draft. */
export type Saving = 'saved' | 'waiting' | 'busy' | 'away' | 'signedOut' | 'refused' | 'conflict';

/** Something to tell: words of ours, and what the API said. */
export interface Note {
  key: AuthorKey;
  bad: boolean;
  detail?: string;
  values?: Record<string, string | number>;
}

/** What the editor shows. */
export interface AuthorState {
  /** `undefined` until the first answer, `null` when the visitor is no staff. */
  courses: readonly Course[] | null | undefined;
  nextCursor: string | null;
  open: Course | 'new' | null;
  tab: Tab;
  /** What is typed of the settings. */
  form: CourseForm | null;
  faults: Faults;
  note: Note | null;
  busy: boolean;
  failed: boolean;
  /** The draft as it is written; `null` until it was read. */
  nodes: Nodes | null;
  saving: Saving;
  /** Ids that nothing new may be given: a version, or the draft as it was read, has them. */
  used: ReadonlySet<string>;
  /** What the API found wrong in what was saved last. */
  draftFaults: readonly ShownFault[];
  /** Another draft that was saved meanwhile. */
  theirs: Draft | null;
  selected: string | null;
  folded: ReadonlySet<string>;
  renaming: string | null;
  /** What is dragged, and where it would go. */
  drag: { id: string; gap: number; depth: number; place: Place | null } | null;
  /** What was deleted last, to be put back. */
  undo: { nodes: CourseNode[]; place: Place } | null;
  /** Markdown as learners will see it, of the node it was read for. */
  preview: { id: string; markdown: string; blocks: readonly Block[] | null } | null;
  /** What publishing would do; `undefined` while nobody asks. */
  migration: Migration | null | undefined;
  choice: 'keep' | 'require' | 'credit';
  versions: readonly CourseVersion[] | null;
  cohorts: readonly Cohort[] | null;
  cohort: { of: Cohort | 'new'; form: CohortForm } | null;
  converted: { name: string; read: Converted } | null;
}

/** An editor with nothing read yet. */
export const emptyState: AuthorState = {
  ...{ courses: undefined, nextCursor: null, open: null, tab: 'content', form: null, faults: {}, note: null },
  ...{ busy: false, failed: false, nodes: null, saving: 'saved', draftFaults: [], theirs: null, selected: null },
  ...{ folded: new Set<string>(), renaming: null, drag: null, undo: null, preview: null, migration: undefined },
  ...{ used: new Set<string>(), choice: 'keep', versions: null, cohorts: null, cohort: null, converted: null },
};

/** What is forgotten when another course is opened. */
export const closed: Partial<AuthorState> = {
  ...{ open: null, form: null, note: null, faults: {}, nodes: null, saving: 'saved', draftFaults: [], theirs: null },
  ...{ selected: null, folded: new Set<string>(), renaming: null, drag: null, undo: null, preview: null },
  ...{ used: new Set<string>(), migration: undefined, versions: null, cohorts: null, cohort: null, converted: null },
};
