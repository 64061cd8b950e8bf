import { defineConfig } from 'vitest/config';
import { preactSource } from './preact-source.ts';

export default defineConfig({
  resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
  ssr: { resolve: { conditions: ['source', 'module', 'import', 'default'] } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [{ name: 'preact-source', enforce: 'pre', resolveId: preactSource }],
  test: {
    server: { deps: { inline: [/preact\/src/] } },
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}', 'gallery/*.test.ts'],
  },
});
