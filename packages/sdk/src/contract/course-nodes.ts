import * as z from 'zod/mini';
import { Availability, CompletionRule, hostEvent } from './course-rules.ts';
import { httpUrl, instantInput, slug, text } from './shapes.ts';

/** What a lesson is. */
export const lessonKinds = ['page', 'video', 'embed', 'quiz', 'assignment', 'live', 'external', 'download'] as const;

/** Where a video comes from: a file or an HLS playlist for the page's own `<video>`, or a player that talks by messages. */
export const videoProviders = ['file', 'hls', 'youtube', 'vimeo'] as const;

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const milliseconds = whole(0, 86_400_000);

/** A part of a video with a name. */
export const Chapter = z
  .strictObject({ id: slug, title: text(120), fromMs: milliseconds, toMs: milliseconds })
  .check(z.refine(({ fromMs, toMs }) => fromMs < toMs, { path: ['toMs'], error: 'must be after fromMs' }));

export const Video = z.strictObject({
  provider: z.enum(videoProviders),
  /** `youtube` and `vimeo`: the address of the video’s page. */
  url: httpUrl,
  /** Of the whole video: coverage is measured against it. */
  lengthMs: whole(1, 86_400_000),
  posterUrl: z._default(z.nullable(httpUrl), null),
  captions: z._default(
    z.array(z.strictObject({ language: text(35), label: text(60), url: httpUrl })).check(z.maxLength(30)),
    [],
  ),
  chapters: z._default(z.array(Chapter).check(z.maxLength(50)), []),
});

/**
 * A unit or a lesson of a course. The nodes of a course are one list in the order of the page: a parent stands before its
 * children. An id is kept for ever: progress is kept by it, from version to version.
 */
export const CourseNode = z.strictObject({
  id: slug,
  parent: z._default(z.nullable(slug), null),
  type: z.enum(['unit', 'lesson']),
  title: text(200),
  summary: z._default(z.nullable(text(1000)), null),
  /** What this level is called, such as `Phase` or `Week`. Units. */
  label: z._default(z.nullable(text(40)), null),
  /** Lessons; `page` unless told. */
  kind: z._default(z.nullable(z.enum(lessonKinds)), null),
  /** CommonMark with tables, task lists and strike-through; HTML in it is shown as text. */
  markdown: z._default(z.nullable(text(100_000)), null),
  video: z._default(z.nullable(Video), null),
  /** `embed`, `external`, `download`: the address; `live`: where it takes place. */
  url: z._default(z.nullable(httpUrl), null),
  /** `live`: when. */
  startsAt: z._default(z.nullable(instantInput), null),
  endsAt: z._default(z.nullable(instantInput), null),
  /** How long it takes. Lessons. */
  minutes: z._default(z.nullable(whole(1, 6000)), null),
  /** Optional lessons do not count: neither for the percentage nor for completion. */
  required: z._default(z.boolean(), true),
  /** Nobody but staff sees it, and it does not count. */
  hidden: z._default(z.boolean(), false),
  /** Only these cohorts see it, and only for them it counts; empty: everybody. */
  cohorts: z._default(z.array(slug).check(z.maxLength(20)), []),
  /** What it counts beside its siblings. A lesson counts 1 unless told, a unit what its children count together. */
  weight: z._default(z.nullable(whole(1, 1000)), null),
  /** A unit of lessons of which so many, whichever, are enough. */
  choose: z._default(z.nullable(whole(1, 1000)), null),
  /** What finishes a lesson; by its kind unless told. */
  done: z._default(z.nullable(CompletionRule), null),
  /** When it opens; at once unless told. What closes a unit closes all in it. */
  opens: z._default(z.nullable(Availability), null),
  /** What contests of the course’s programme know its completion by, such as `week-1`. Without it: it earns nothing by name. */
  event: z._default(z.nullable(hostEvent), null),
});

export const courseNodes = z.array(CourseNode).check(z.maxLength(2000));
