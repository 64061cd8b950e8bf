import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build as bundleWithEsbuild } from 'esbuild';

/** Bytes as they travel, each at the highest level. */
export interface Bytes {
  brotli: number;
  gzip: number;
}

/** How large a file is once compressed. */
export const bytesOf = (file: Uint8Array | string): Bytes => ({
  brotli: brotliCompressSync(file).length,
  gzip: gzipSync(file, { level: 9 }).length,
});

/** All that an import of `entry` brings to a page, minified. @param from - the folder it is imported from */
export async function bundle(entry: string, from: string): Promise<string> {
  const { outputFiles } = await bundleWithEsbuild({
    stdin: { contents: `export * from ${JSON.stringify(entry)}`, resolveDir: from },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
