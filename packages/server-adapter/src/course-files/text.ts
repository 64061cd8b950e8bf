import { invalid } from './course-file.ts';

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a file in UTF-8; a byte order mark is left out.
 * @throws LaurelProblem course_file_invalid
 */
export function utf8(where: string, bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw invalid(where, 'It is not UTF-8. Save it as UTF-8.');
  }
}

/**
 * The text of an XML document, in the encoding that its mark or its declaration says (XML 1.0, appendix F).
 * @throws LaurelProblem course_file_invalid
 */
export function xmlText(where: string, bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const named = mark ?? /^[^<]{0,3}<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/i.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named, { fatal: true }).decode(bytes);
  } catch {
    throw invalid(where, `It cannot be read as ${named}. Save it as UTF-8.`);
  }
}
