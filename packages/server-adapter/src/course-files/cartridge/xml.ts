import { XMLParser } from 'fast-xml-parser';
import { invalid } from '../course-file.ts';
import { xmlText } from '../text.ts';

/** An element: its attributes with `@` before their names, its text as `#text`, and its children in lists by their names. */
export interface Element {
  [name: string]: string | (string | Element)[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // References by number, which are not put in otherwise.
  htmlEntities: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/**
 * Reads an XML document whose root is an element of this name. Names come without their namespaces.
 * @throws LaurelProblem course_file_invalid: also for a document type, which could define entities
 */
export function readXml(where: string, bytes: Uint8Array, root: string): Element {
  const text = xmlText(where, bytes);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw invalid(where, 'It has a document type (DOCTYPE). Leave that out.');
  let document: Element;
  try {
    document = parser.parse(text, true) as Element;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw invalid(where, `It is no well-formed XML: ${reason.slice(0, 200)}`);
  }
  const found = children(document, root)[0];
  if (!found) throw invalid(where, `Its root is not "${root}".`);
  return found;
}

/** The elements of a name directly in an element. */
export function children(element: Element | undefined, name: string): Element[] {
  const found = element?.[name];
  return Array.isArray(found) ? found.map((each) => (typeof each === 'string' ? { '#text': each } : each)) : [];
}

/** The element that is reached by these names, the first of each. */
export const within = (element: Element | undefined, ...names: string[]): Element | undefined =>
  names.reduce<Element | undefined>((each, name) => children(each, name)[0], element);

/** An attribute; empty where there is none. */
export const attribute = (element: Element | undefined, name: string): string => {
  const value = element?.[`@${name}`];
  return typeof value === 'string' ? value : '';
};

/** The text directly in an element. */
export const textOf = (element: Element | undefined): string => {
  const value = element?.['#text'];
  return (Array.isArray(value) ? value.filter((each) => typeof each === 'string').join('') : (value ?? '')).trim();
};
