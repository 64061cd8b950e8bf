import { defineConfig } from 'tsup';

const library = ['index', 'express', 'hono', 'node', 'next', 'testing', 'draws'];

const entries = {
  ...Object.fromEntries(library.map((name) => [name, `src/${name}.ts`])),
  courses: 'src/course-folder.ts',
};

export default defineConfig([
  {
    entry: entries,
    format: ['esm', 'cjs'],
    dts: true,
    target: 'node22',
    clean: true,
    splitting: true,
    shims: true,
  },
  {
    entry: { 'cli/main': 'src/cli/main.ts' },
    format: ['esm'],
    target: 'node22',
    splitting: false,
  },
]);
