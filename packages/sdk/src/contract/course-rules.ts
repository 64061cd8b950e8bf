import * as z from 'zod/mini';
import { instantInput, slug } from './shapes.ts';

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const percent = whole(1, 100);
const kind = <Name extends string>(name: Name) => z.enum([name]);

/** What a host tells of a learner by itself, such as `webinar-attended`. */
export const hostEvent = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9_.-]{0,63}$/, 'must be a name such as webinar-attended'));

/** A time of day without a zone, such as `09:00`. */
const timeOfDay = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00'));

/** A date and time without a zone, such as `2026-03-01T09:00`: whose zone decides, the course says (`dripZone`). */
export const localTime = z.iso
  .datetime({ local: true, precision: -1 })
  .check(z.refine((value) => !value.endsWith('Z') && value >= '1970', 'must be a local time such as 2026-03-01T09:00'));

const simpleRules = [
  /** It was opened. */
  z.strictObject({ kind: kind('viewed') }),
  /** It was in front of the learner for so long, on all devices together; time that overlaps counts once. */
  z.strictObject({ kind: kind('time'), seconds: whole(1, 86_400) }),
  /** So much of the video was played: the union of what was, not where the playhead stands. */
  z.strictObject({ kind: kind('watched'), percent }),
  /** These chapters were played, each to so much. */
  z.strictObject({
    kind: kind('chapters'),
    chapters: z.array(slug).check(z.minLength(1), z.maxLength(50)),
    percent: z._default(percent, 90),
  }),
  /** No stretch of the video longer than this was left out. */
  z.strictObject({ kind: kind('gaps'), longestSeconds: whole(1, 86_400) }),
  /** The best score is at least this, of 100. */
  z.strictObject({ kind: kind('score'), atLeast: whole(0, 100) }),
  /** Work was handed in. */
  z.strictObject({ kind: kind('submitted') }),
  /** Somebody says so: the learner themself, or staff. */
  z.strictObject({ kind: kind('manual'), by: z._default(z.enum(['learner', 'staff']), 'learner') }),
  /** The host said that this happened. */
  z.strictObject({ kind: kind('event'), name: hostEvent }),
] as const;

const ruleOf = <Inner extends z.ZodMiniType>(inner: Inner) => {
  const of = z.array(inner).check(z.minLength(1), z.maxLength(20));
  return z.union([
    ...simpleRules,
    z.strictObject({ kind: kind('all'), of }),
    /** At least `count` of them. */
    z.strictObject({ kind: kind('some'), count: z._default(whole(1, 20), 1), of }),
  ]);
};

/** What finishes a lesson; up to three levels deep. */
export const CompletionRule = ruleOf(ruleOf(z.union(simpleRules)));

const simpleConditions = [
  /** This lesson or unit is done. */
  z.strictObject({ kind: kind('completed'), node: slug }),
  /** The best score of this lesson is at least this, of 100. */
  z.strictObject({ kind: kind('score'), node: slug, atLeast: whole(0, 100) }),
  /** The learner is in one of these cohorts. */
  z.strictObject({ kind: kind('cohort'), cohorts: z.array(slug).check(z.minLength(1), z.maxLength(20)) }),
  /** From this instant on. */
  z.strictObject({ kind: kind('instant'), from: instantInput }),
  /** From this date and time on, in the zone that `dripZone` says. */
  z.strictObject({ kind: kind('date'), from: localTime }),
  /** So many days after the learner enrolled, or after the start of their cohort (else of the course, else as they enrolled), at `at`. */
  z.strictObject({
    kind: kind('days'),
    since: z.enum(['enrolment', 'start']),
    days: whole(0, 3650),
    at: z._default(timeOfDay, '00:00'),
  }),
] as const;

const conditionOf = <Inner extends z.ZodMiniType>(inner: Inner) => {
  const of = z.array(inner).check(z.minLength(1), z.maxLength(20));
  return z.union([
    ...simpleConditions,
    z.strictObject({ kind: kind('all'), of }),
    z.strictObject({ kind: kind('any'), of }),
    z.strictObject({ kind: kind('not'), of: inner }),
  ]);
};

/** When a lesson or unit opens; up to three levels deep. */
export const Availability = conditionOf(conditionOf(z.union(simpleConditions)));
