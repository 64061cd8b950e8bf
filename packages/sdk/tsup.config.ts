import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    client: 'src/client.ts',
    attribution: 'src/attribution.ts',
    contract: 'src/contract/index.ts',
    draws: 'src/draws/index.ts',
    progress: 'src/progress/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: true,
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  sourcemap: true,
  clean: true,
});
