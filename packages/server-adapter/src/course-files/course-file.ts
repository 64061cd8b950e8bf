import { CourseNode as CourseNodeSchema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { CourseNode } from '../db/course-tables.ts';
import { wordsFor } from '../http/parse.ts';
import { LaurelProblem } from '../problem.ts';

/** What could not be taken over, and where it stands in the file. */
export interface Note {
  where: string;
  detail: string;
}

/** A course as a file holds it. */
export interface CourseFile {
  name: string | null;
  description: string | null;
  language: string | null;
  nodes: CourseNode[];
}

/** A course read from a file. */
export interface ReadCourse extends CourseFile {
  notes: Note[];
}

/** Most nodes of a course. */
export const mostNodes = 2000;

/** The file is no course: says what is wrong, and where. */
export const invalid = (where: string, detail: string): LaurelProblem =>
  new LaurelProblem('course_file_invalid', `${where}: ${detail}`);

/** Issues of a schema in words, with the members they are about. */
export function wordsOf(issues: readonly z.core.$ZodIssue[]): string {
  const some = issues.slice(0, 5).map((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return `${[path, ...issue.keys].filter(Boolean).join(' ')} is not known here`;
    return [path, wordsFor(issue)].filter(Boolean).join(' ');
  });
  return `${some.join('; ')}${issues.length > some.length ? `; and ${issues.length - some.length} more` : ''}.`;
}

/**
 * A node from what a file says of it.
 * @throws LaurelProblem course_file_invalid
 */
export function nodeFrom(where: string, given: Record<string, unknown>): CourseNode {
  const { success, data, error } = CourseNodeSchema.safeParse(given, { reportInput: true });
  if (success) return data;
  throw invalid(where, wordsOf(error.issues));
}

/** Language tags that the contract takes. */
export function isLanguage(tag: string): boolean {
  try {
    return tag.length <= 35 && new Intl.Locale(tag).language !== '';
  } catch {
    return false;
  }
}

/** Text cut to what a field takes; `null` for none. */
export function cut(text: string | null | undefined, most: number): string | null {
  const clean = (text ?? '').replaceAll('\u0000', '').toWellFormed().trim();
  return clean === '' ? null : clean.slice(0, most).toWellFormed();
}
