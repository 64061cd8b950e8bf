import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { shortenCss } from './shorten-css.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const smaller: Plugin = {
  name: 'smaller',
  enforce: 'pre',
  // JSX as calls of `h`, which compress better than those of the automatic run time.
  transform: (code, path) =>
    shortenCss(code, path) ??
    (path.endsWith('.tsx') ? `import { h as _h, Fragment as _f } from 'preact';${code}` : undefined),
  // What the script reads later is a file beside it.
  resolveId: (id, from) =>
    from?.startsWith(file('./src')) && id === './load.ts' ? file('./src/load-script.ts') : null,
};

/** `vite build`: the script `laurel.js`, into an empty folder. `--mode es|share|…`: a file beside it that it reads later. */
export default defineConfig(({ mode }) => ({
  plugins: [smaller],
  resolve: {
    conditions: ['source', 'browser', 'module', 'import', 'default'],
    // The script needs two functions of it.
    alias: [{ find: '@preact/signals', replacement: file('./src/signals-script.ts') }],
  },
  oxc: { jsx: { runtime: 'classic', pragma: '_h', pragmaFrag: '_f' } },
  build: {
    target: 'es2022',
    // Some 150 bytes smaller than the minifier that comes with Vite.
    minify: 'terser',
    terserOptions: {
      compress: { passes: 3, ecma: 2020, toplevel: true, unsafe_arrows: true },
      mangle: { toplevel: true },
    },
    emptyOutDir: mode === 'production',
    reportCompressedSize: false,
    ...(mode === 'production'
      ? { lib: { entry: 'src/script.ts', formats: ['iife'], name: 'laurelWidget', fileName: () => 'laurel.js' } }
      : {
          lib: {
            entry: `src/${mode.length === 2 ? `i18n/${mode}` : `${mode}/index`}.ts`,
            formats: ['es'],
            fileName: () => `laurel-${mode}.js`,
          },
          rolldownOptions: { output: { minify: true } },
        }),
  },
}));
