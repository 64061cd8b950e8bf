import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './paths.mjs';
import { isMain, main } from './process.mjs';

/** The text without code, in which nothing is a link or a heading. @param {string} text */
const withoutBlocks = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, '').replace(/<!--[\s\S]*?-->/g, '');

/** The anchors GitHub gives to the headings of a page. @param {string} text @returns {Set<string>} */
export function anchors(text) {
  const seen = new Map();
  const found = new Set();
  for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]+>/g, '');
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  for (const [, name = ''] of text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) found.add(name);
  return found;
}

/** Where a page links to inside the repository. @param {string} text @returns {string[]} */
export function links(text) {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, '');
  const found = [
    ...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g),
    ...prose.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)/gm),
    ...prose.matchAll(/(?:href|src)="([^"]+)"/g),
  ].map(([, target = '']) => target);
  return found.filter((target) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target));
}

/**
 * What is wrong with a page's links.
 * @param {string} page - its path @param {string} text @returns {string[]}
 */
export function brokenLinks(page, text) {
  return links(text).flatMap((link) => {
    const [path = '', anchor] = decodeURIComponent(link).split('#');
    const from = path.startsWith('/') ? root : dirname(page);
    const target = path === '' ? page : resolve(from, path.replace(/^\//, ''));
    const place = `${relative(root, page)}: ${link}`;
    if (target !== page && !existsSync(target)) return [`${place} — there is no such file`];
    if (!anchor || !target.endsWith('.md')) return [];
    const known = anchors(target === page ? text : readFileSync(target, 'utf8'));
    return known.has(anchor) ? [] : [`${place} — there is no such heading`];
  });
}

/** Folders that hold no page of ours. */
const foreign = new Set(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report', '.git', '.tools']);

/** Every page under a folder. @param {string} folder @returns {string[]} */
const pagesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : pagesUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });

/** Reads every page of the repository. */
export async function checkLinks() {
  const pages = pagesUnder(root);
  const broken = pages.flatMap((page) => brokenLinks(page, readFileSync(page, 'utf8')));
  return { code: broken.length > 0 ? 1 : 0, output: broken.join('\n') || `${pages.length} pages` };
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { code, output } = await checkLinks();
    console.log(output);
    return code;
  });
}
