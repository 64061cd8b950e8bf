import { readFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { shortenCss } from './shorten-css.ts';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'es2022',
  dts: true,
  clean: false,
  external: ['preact', /^preact\//, '@preact/signals', /^@laurelkit\/sdk/],
  esbuildOptions(options) {
    options.jsx = 'automatic';
    options.jsxImportSource = 'preact';
  },
  esbuildPlugins: [
    {
      name: 'shorten-css',
      setup(build) {
        build.onLoad({ filter: /\/styles?(\/[a-z]+)?\.ts$/ }, async ({ path }) => {
          const code = await readFile(path, 'utf8');
          return { contents: shortenCss(code, path) ?? code, loader: 'ts' };
        });
      },
    },
  ],
});
