import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anchors, brokenLinks, links } from '../links.mjs';
import { root } from '../paths.mjs';

test('a heading has the anchor GitHub gives it', () => {
  const page = '# Who may do what?\n## `createLaurel()` & co\n## Twice\n## Twice\n```sh\n# not a heading\n```\n';
  expect([...anchors(page)]).toEqual(['who-may-do-what', 'createlaurel--co', 'twice', 'twice-1']);
});

test('a link is one in prose, not in code and not to elsewhere', () => {
  const page = '[a](./a.md "Title") `[b](b.md)` [c](https://example.com)\n```md\n[d](d.md)\n```\n[e]: e.md#f\n';
  expect(links(page)).toEqual(['./a.md', 'e.md#f']);
});

test('a link needs its file and its heading', () => {
  const page =
    '# Here\n[here](#here) [nowhere](#nowhere) [licence](LICENSE) [gone](gone.md) [from root](/package.json)';
  expect(brokenLinks(join(root, 'page.md'), page)).toEqual([
    'page.md: #nowhere — there is no such heading',
    'page.md: gone.md — there is no such file',
  ]);
});
