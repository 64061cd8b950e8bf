import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildEnvironmentOptions, defineConfig, type Plugin } from 'vite';
import { minify } from './minify.ts';
import { cutNoble } from './noble-source.ts';
import { preactSource } from './preact-source.ts';
import { shortenCss } from './shorten-css.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const smaller: Plugin = {
  name: 'smaller',
  enforce: 'pre',
  // JSX as calls of `h`, which compress better than those of the automatic run time.
  transform: (code, path) =>
    shortenCss(code, path) ??
    cutNoble(code, path) ??
    (path.endsWith('.tsx') ? `import { h as _h, Fragment as _f } from 'preact';${code}` : undefined),
  // What the script reads later is a file beside it.
  resolveId: (id, from) =>
    from?.startsWith(file('./src')) && id === './load.ts' ? file('./src/load-script.ts') : preactSource(id, from),
};

/** A script of its own for pages. */
const script = (mode: string): BuildEnvironmentOptions => {
  const [entry, name] = mode === 'loader' ? ['src/loader.ts', 'loader.js'] : ['src/script.ts', 'laurel.js'];
  return { lib: { entry, formats: ['iife'], name: 'laurelWidget', fileName: () => name } };
};

/** A file beside the script that it reads later. */
const part = (mode: string): BuildEnvironmentOptions => ({
  lib: {
    entry: `src/${existsSync(file(`./src/i18n/${mode}.ts`)) ? `i18n/${mode}` : `${mode}/index`}.ts`,
    formats: ['es'],
    fileName: () => `laurel-${mode}.js`,
  },
  rolldownOptions: { output: { minify: true } },
});

/**
 * `vite build`: the script `laurel.js`, into an empty folder. `--mode loader`: what adds it to a page. `--mode
 * es|share|…`: a file beside it that it reads later.
 */
export default defineConfig(({ mode }) => ({
  plugins: [smaller],
  resolve: {
    conditions: ['source', 'browser', 'module', 'import', 'default'],
    // The script needs a few functions of them.
    alias: [
      { find: '@preact/signals', replacement: file('./src/signals-script.ts') },
      { find: /^preact$/, replacement: file('./src/preact-script.ts') },
    ],
  },
  oxc: { jsx: { runtime: 'classic', pragma: '_h', pragmaFrag: '_f' } },
  build: {
    target: 'es2022',
    ...minify,
    emptyOutDir: mode === 'production',
    reportCompressedSize: false,
    ...(mode === 'production' || mode === 'loader' ? script(mode) : part(mode)),
  },
}));
