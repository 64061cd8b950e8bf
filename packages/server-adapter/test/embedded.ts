import { openAsBlob } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { inject } from 'vitest';

/** An embedded database of its own, in memory and empty. Whoever asks closes it. */
export const createEmbedded = async (): Promise<PGlite> =>
  PGlite.create({ dataDir: 'memory://', loadDataDir: await openAsBlob(inject('embeddedImage')) });

let shared: Promise<PGlite> | undefined;

/** One embedded database for all Laurels of a test file. */
export const sharedEmbedded = (): Promise<PGlite> => (shared ??= createEmbedded());

/** Ends it, where anybody asked for it. */
export const closeEmbedded = async (): Promise<void> => (await shared)?.close();
