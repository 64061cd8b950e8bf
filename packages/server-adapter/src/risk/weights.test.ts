import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { thresholds } from './modes.ts';
import { weighings } from './weights.ts';

it('docs/fraud.md tells every signal, weight and threshold as they are', async () => {
  const text = await readFile(new URL('../../../../docs/fraud.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| (\w+) \| (\w+) \| (\d+) \|/gm)].map(
    ([, code = '', group, severity, weight]) => [code, { group, severity, weight: Number(weight) }] as const,
  );
  const expected = Object.entries(weighings).map(
    ([code, { group, severity, weight }]) => [code, { group, severity, weight }] as const,
  );
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  for (const [mode, { hold, reject }] of Object.entries(thresholds)) {
    expect(text).toContain(`| \`${mode}\` | ${hold} | ${reject} |`);
  }
});
