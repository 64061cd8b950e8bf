import { courseNodes } from '@laurelkit/sdk/contract';
import * as z from 'zod/mini';
import { type CourseFile, invalid, isLanguage, type ReadCourse, wordsOf } from './course-file.ts';
import { utf8 } from './text.ts';

const what = 'The file';

const CourseDocument = z.strictObject({
  format: z.literal('laurel-course'),
  version: z.literal(1),
  name: z._default(z.nullable(z.string().check(z.minLength(1), z.maxLength(160))), null),
  description: z._default(z.nullable(z.string().check(z.minLength(1), z.maxLength(5000))), null),
  language: z._default(
    z.nullable(z.string().check(z.refine(isLanguage, 'must be a language tag such as en or pt-BR'))),
    null,
  ),
  nodes: courseNodes,
});

/**
 * Reads a course from our JSON.
 * @throws LaurelProblem course_file_invalid
 */
export function readJsonCourse(bytes: Uint8Array): ReadCourse {
  const text = utf8(what, bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(what, `It is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read'}`);
  }
  const { success, data, error } = CourseDocument.safeParse(value, { reportInput: true });
  if (!success) throw invalid(what, wordsOf(error.issues));
  const { name, description, language, nodes } = data;
  return { name, description, language, nodes, notes: [] };
}

/** Writes a course as our JSON. */
export function writeJsonCourse({ name, description, language, nodes }: CourseFile): Uint8Array {
  const document = { format: 'laurel-course', version: 1, name, description, language, nodes };
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}
