import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { shortenCss } from './shorten-css.ts';

// The script needs no automatic re-rendering of signals, `useValue` asks for it: it takes the core alone.
const { resolve } = createRequire(createRequire(import.meta.url).resolve('@preact/signals'));
const signalsCore = join(dirname(resolve('@preact/signals-core')), 'signals-core.module.js');
const received = fileURLToPath(new URL('./src/kit-received.ts', import.meta.url));
const sources = fileURLToPath(new URL('./src', import.meta.url)).length;

// JSX as calls of `h`, which compress better than those of the automatic run time.
const importH = (code: string, file: string) =>
  file.endsWith('.tsx') ? `import { h as _h, Fragment as _f } from 'preact';${code}` : undefined;

const smaller: Plugin = {
  name: 'smaller',
  enforce: 'pre',
  transform: (code, file) => shortenCss(code, file) ?? importH(code, file),
};

const file = (url: URL) => fileURLToPath(url);

// What the script reads later is a file beside it.
const readLater: Record<string, string> = {
  '/views/load.ts': file(new URL('./src/views/load-script.ts', import.meta.url)),
  '/lively/load.ts': file(new URL('./src/lively/load-script.ts', import.meta.url)),
  '/i18n/load.ts': file(new URL('./src/i18n/load-script.ts', import.meta.url)),
};

const beside: Plugin = {
  name: 'beside',
  enforce: 'pre',
  resolveId: (id, from) => (from && id.endsWith('/load.ts') ? readLater[join(dirname(from), id).slice(sources)] : null),
};

const later: Record<string, string> = {
  views: file(new URL('./src/views/script.ts', import.meta.url)),
  live: file(new URL('./src/lively/index.ts', import.meta.url)),
  es: file(new URL('./src/i18n/es.ts', import.meta.url)),
  pt: file(new URL('./src/i18n/pt.ts', import.meta.url)),
};

/**
 * `vite build`: the script `laurel.js`, into an empty folder. `--mode views|live|es|pt`: a file beside it that it reads later.
 * `--mode single`: all of it as one file, for pages whose policy or integrity attribute wants that.
 */
export default defineConfig(({ mode }) => ({
  plugins: mode === 'single' ? [smaller] : [smaller, beside],
  resolve: {
    conditions: ['source', 'browser', 'module', 'import', 'default'],
    alias: [
      { find: '@preact/signals', replacement: signalsCore },
      ...(mode === 'views' ? [{ find: /^preact(\/hooks)?$/, replacement: received }] : []),
    ],
  },
  oxc: { jsx: { runtime: 'classic', pragma: '_h', pragmaFrag: '_f' } },
  build: {
    target: 'es2022',
    emptyOutDir: mode === 'production',
    reportCompressedSize: false,
    ...(later[mode]
      ? {
          lib: { entry: later[mode], formats: ['es'], fileName: () => `laurel-${mode}.js` },
          rolldownOptions: { output: { minify: true } },
        }
      : {
          lib: {
            entry: 'src/script.ts',
            formats: ['iife'],
            name: 'laurelWidget',
            fileName: () => (mode === 'single' ? 'laurel-single.js' : 'laurel.js'),
          },
        }),
  },
}));
