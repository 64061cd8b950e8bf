import { Problem } from './problem.mjs';

/**
 * What the command line asks for: everything, or what it names; nothing but a list with `--list`.
 * @template {{ name: string, about?: string }} Item
 * @param {Item[]} items
 * @param {string[]} words - a word stands for the names that are it or begin with it and a space
 * @returns {Item[] | undefined} nothing when the list was asked for
 */
export function choose(items, words) {
  if (words.includes('--list')) {
    const width = Math.max(...items.map(({ name }) => name.length));
    for (const { name, about } of items) console.log(`${name.padEnd(width)}  ${about ?? ''}`.trimEnd());
    return undefined;
  }
  const matches = (/** @type {string} */ name, /** @type {string} */ word) =>
    name === word || name.startsWith(`${word} `);
  const unknown = words.filter((word) => !items.some(({ name }) => matches(name, word)));
  if (unknown.length > 0) {
    throw new Problem(`There is no ${unknown.join(', ')}. There is: ${items.map(({ name }) => name).join(', ')}`);
  }
  return words.length === 0 ? items : items.filter(({ name }) => words.some((word) => matches(name, word)));
}
