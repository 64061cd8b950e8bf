import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { events } from '../../packages/sdk/src/contract/index.ts';

it('docs/webhooks.md tells of every event', () => {
  const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'webhooks.md'), 'utf8');
  expect(Object.keys(events).filter((name) => !written.includes(`\`${name}\``))).toEqual([]);
});
