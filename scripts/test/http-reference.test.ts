import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { httpReference } from '../http-reference.ts';

it('docs/http.md is what the contract says', () => {
  const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'http.md'), 'utf8');
  expect(written, 'write it anew: node_modules/.bin/node --conditions=source scripts/http-reference.ts').toBe(
    httpReference(),
  );
});
