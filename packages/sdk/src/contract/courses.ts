import * as z from 'zod/mini';
import { CourseNode, courseNodes } from './course-nodes.ts';
import type { Operations } from './operation.ts';
import { optional } from './optional.ts';
import { Block } from './rich-text.ts';
import type { Routes } from './routes.ts';
import { httpUrl, id, instant, instantInput, list, money, page, reference, slug, text, timeZone } from './shapes.ts';

export const courseStates = ['draft', 'published', 'archived'] as const;

/** What becomes of those who are learning when a version is published. */
export const migrationChoices = ['keep', 'require', 'credit'] as const;

/** What a course can be brought in from and taken out as. */
export const courseFormats = ['json', 'markdown', 'imscc'] as const;

const count = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const language = text(35).check(
  z.refine((value) => {
    try {
      return new Intl.Locale(value).language !== '';
    } catch {
      return false;
    }
  }, 'must be a language tag such as en or pt-BR (BCP 47)'),
);

/** What can be changed at any time: it is no part of a version. */
const settings = {
  name: text(160),
  /** For the catalogue. CommonMark. */
  description: z.nullable(text(5000)),
  language,
  tags: z.array(text(40)).check(z.maxLength(20)),
  imageUrl: z.nullable(httpUrl),
  timeZone,
  /** Whose clock `date` and `days` of an availability go by: the course’s, or that of each learner. */
  dripZone: z.enum(['course', 'learner']),
  /** Each lesson that counts opens when the one before it is done. */
  sequential: z.boolean(),
  startsAt: z.nullable(instantInput),
  endsAt: z.nullable(instantInput),
  /** `open`: whoever is signed in may enrol. `invited`: the host enrols. */
  access: z.enum(['open', 'invited']),
  /** What a seat costs; `null`: nothing. */
  price: z.nullable(money),
  /** How many may learn at once; `null`: any number. */
  seats: z.nullable(count(1, 1_000_000)),
  /** Whoever comes when all seats are taken may wait for one. */
  waitingList: z.boolean(),
  /** The catalogue shows it. */
  listed: z.boolean(),
  /** The programme whose contests count completions; `null`: none. */
  program: z.nullable(reference),
};

/** A course as everybody may see it. */
export const Course = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  language: z.string(),
  tags: z.array(z.string()),
  imageUrl: z.nullable(z.string()),
  timeZone: z.string(),
  dripZone: z.enum(['course', 'learner']),
  sequential: z.boolean(),
  startsAt: z.nullable(instant),
  endsAt: z.nullable(instant),
  access: z.enum(['open', 'invited']),
  price: z.nullable(money),
  seats: z.nullable(z.int()),
  /** `null` where seats are not limited. */
  seatsLeft: z.nullable(z.int()),
  waitingList: z.boolean(),
  listed: z.boolean(),
  /** Slug of the programme. */
  program: z.nullable(z.string()),
  state: z.enum(courseStates),
  /** The version that new learners get; `null` before the first. */
  version: z.nullable(z.int()),
  /** Lessons of that version that everybody sees. */
  lessons: z.int(),
  /** What these take together, where they say so. */
  minutes: z.int(),
  createdAt: instant,
  updatedAt: instant,
});

/** What would keep a draft from being published, or makes it odd. */
export const CourseFault = z.object({
  /** JSON pointer into the draft, such as `/nodes/3/opens`. */
  pointer: z.string(),
  detail: z.string(),
});

export const CourseDraft = z.object({
  course: z.string(),
  /** Goes up with each change; a change names the one it was made from. */
  revision: z.int(),
  nodes: z.array(CourseNode),
  faults: z.array(CourseFault),
  /** What versions had and the draft has not: an id that is given again is the same node, and who did it has done it. */
  retired: z.array(z.object({ id: z.string(), type: z.enum(['unit', 'lesson']) })),
  updatedAt: instant,
});

/** An immutable version of a curriculum. */
export const CourseVersion = z.object({
  course: z.string(),
  version: z.int(),
  note: z.nullable(z.string()),
  lessons: z.int(),
  /** How many learn by it now. */
  learners: z.int(),
  publishedAt: instant,
});

/** What publishing the draft would do to those who are learning. */
export const MigrationPreview = z.object({
  revision: z.int(),
  /** Ids of nodes. */
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.string()),
  /** Of those added, the ones that a version before the latest had: who did them then has done them. */
  returned: z.array(z.string()),
  /** Learners of the versions before. */
  learners: z.int(),
  /** Of them those who are done, and would not be by the draft. */
  fallBelowDone: z.int(),
  /** Of them those whose percentage would fall, rise, stay. */
  fall: z.int(),
  rise: z.int(),
  stay: z.int(),
  /** The lessons that those who are done lack. */
  missing: z.array(z.object({ lesson: z.string(), title: z.string(), learners: z.int() })),
});

const params = z.strictObject({ course: reference });
const host = ['secret', 'staff'] as const;
const anybody = ['publishable', 'participant', 'staff', 'secret'] as const;
const mebibyte = 1_048_576;
const revision = count(0, 2_000_000_000);

export const courses = {
  create: {
    summary: 'Create a course. It is a draft until its first version is published.',
    access: host,
    limit: 'write',
    body: z.strictObject({
      slug,
      name: settings.name,
      description: z._default(settings.description, null),
      language: z._default(settings.language, 'en'),
      tags: z._default(settings.tags, []),
      imageUrl: z._default(settings.imageUrl, null),
      timeZone: z._default(settings.timeZone, 'UTC'),
      dripZone: z._default(settings.dripZone, 'course'),
      sequential: z._default(settings.sequential, false),
      startsAt: z._default(settings.startsAt, null),
      endsAt: z._default(settings.endsAt, null),
      access: z._default(settings.access, 'open'),
      price: z._default(settings.price, null),
      seats: z._default(settings.seats, null),
      waitingList: z._default(settings.waitingList, true),
      listed: z._default(settings.listed, true),
      program: z._default(settings.program, null),
    }),
    status: 201,
    response: Course,
    problems: ['slug_taken', 'program_not_found', 'course_invalid'],
  },
  list: {
    summary:
      'The catalogue: listed courses that are published (for the host all courses), the best match of `q` first, otherwise the newest.',
    access: anybody,
    limit: 'read',
    query: z.strictObject({
      ...page,
      /** Words to look for in names, descriptions, tags and lessons’ titles (PostgreSQL full text). */
      q: z.optional(text(200)),
      tag: z.optional(text(40)),
    }),
    response: list(Course),
    problems: ['invalid_cursor'],
  },
  get: {
    summary: 'Read a course. Drafts are seen by the host only.',
    access: anybody,
    limit: 'read',
    params,
    response: Course,
    problems: ['course_not_found'],
  },
  update: {
    summary: 'Change the settings given. The curriculum changes by its draft.',
    access: host,
    limit: 'write',
    params,
    body: z.strictObject({
      ...optional(settings),
      /** `archived` takes nobody in any more; who learns goes on. */
      state: z.optional(z.enum(['published', 'archived'])),
    }),
    response: Course,
    problems: ['course_not_found', 'program_not_found', 'course_invalid', 'course_state_conflict'],
  },
  draft: {
    summary: 'The curriculum as it is being written.',
    access: host,
    limit: 'read',
    params,
    response: CourseDraft,
    problems: ['course_not_found'],
  },
  saveDraft: {
    summary: 'Replace the draft. Refused when somebody else has changed it since `revision`.',
    access: host,
    limit: 'write',
    params,
    body: z.strictObject({ revision, nodes: courseNodes }),
    largestBody: 16 * mebibyte,
    response: CourseDraft,
    problems: ['course_not_found', 'draft_conflict'],
  },
  preview: {
    summary: 'What publishing the draft would do to those who are learning.',
    access: host,
    limit: 'read',
    params,
    response: MigrationPreview,
    problems: ['course_not_found', 'course_invalid'],
  },
  publish: {
    summary:
      'Publish the draft as the next version. Those who learn stay on theirs (`keep`), move to it (`require`), or move to it with what is new counted as done for those who were done with all before it (`credit`).',
    access: host,
    limit: 'write',
    params,
    body: z.strictObject({
      /** The draft that was looked at. */
      revision,
      learners: z._default(z.enum(migrationChoices), 'keep'),
      note: z._default(z.nullable(text(500)), null),
    }),
    status: 201,
    response: CourseVersion,
    problems: ['course_not_found', 'course_invalid', 'draft_conflict'],
  },
  versions: {
    summary: 'The versions of a course, newest first.',
    access: host,
    limit: 'read',
    params,
    query: z.strictObject(page),
    response: list(CourseVersion),
    problems: ['course_not_found', 'invalid_cursor'],
  },
  version: {
    summary: 'A version as it was published.',
    access: host,
    limit: 'read',
    params: z.strictObject({
      course: reference,
      version: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(2_000_000_000)),
    }),
    response: z.object({ ...CourseVersion.shape, nodes: z.array(CourseNode) }),
    problems: ['course_not_found', 'version_not_found'],
  },
  render: {
    summary: 'Read Markdown as learners will see it.',
    access: host,
    limit: 'read',
    body: z.strictObject({ markdown: text(100_000) }),
    largestBody: mebibyte,
    response: z.object({ blocks: z.array(Block) }),
    problems: [],
  },
  convert: {
    summary:
      'Read a course from a file (`json`, a zip of Markdown files, or a Common Cartridge) and say what became of it. Nothing is kept: save it as a draft.',
    access: host,
    limit: 'write',
    query: z.strictObject({ format: z.enum(courseFormats) }),
    rawBody: true,
    largestBody: 32 * mebibyte,
    response: z.object({
      name: z.nullable(z.string()),
      description: z.nullable(z.string()),
      language: z.nullable(z.string()),
      nodes: z.array(CourseNode),
      faults: z.array(CourseFault),
      /** What could not be taken over, each with where it stands in the file. */
      notes: z.array(z.object({ where: z.string(), detail: z.string() })),
    }),
    problems: ['course_file_invalid'],
  },
  export: {
    summary: 'The latest version (the draft before the first) as a file.',
    access: host,
    limit: 'read',
    params: z.strictObject({ course: reference, format: z.enum(courseFormats) }),
    contentType: 'application/octet-stream',
    problems: ['course_not_found'],
  },
} as const satisfies Operations<Routes['courses']>;
