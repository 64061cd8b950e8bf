import { defineConfig } from 'vitest/config';

// Not `*.test.ts` or `*.spec.ts`: those names in this folder's parent belong to Playwright.
export default defineConfig({ test: { include: ['*.check.ts'], testTimeout: 120_000, hookTimeout: 600_000 } });
