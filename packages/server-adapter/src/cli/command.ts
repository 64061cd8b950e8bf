import { type ParseArgsConfig, parseArgs } from 'node:util';
import { createLaurel, type Laurel, type LaurelOptions } from '../index.ts';

/** Where a command writes, and what it was given. */
export interface Terminal {
  print(line: string): void;
  complain(line: string): void;
  /** Resolves when the process is asked to stop (SIGINT, SIGTERM), with the exit code of a command that is (POSIX: 128 + signal). */
  stopped: Promise<number>;
}

/** A command of `laurel`: its words after the name in, the exit code out. */
export interface Command {
  usage: string;
  summary: string;
  /** Ends by itself, in good order, when it is asked to stop. */
  stopsItself?: true;
  run(words: string[], terminal: Terminal): Promise<number>;
}

/** The flags every command takes that opens a database. */
export const storageFlags = {
  database: { type: 'string' },
  'data-dir': { type: 'string' },
  schema: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/** Words that do not fit a command; its message is for the person who typed them. */
export class UsageError extends Error {}

/** Reads flags and words, refusing what is not known. */
export function readWords<const Flags extends NonNullable<ParseArgsConfig['options']>>(words: string[], flags: Flags) {
  try {
    return parseArgs({ args: words, options: flags, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `createLaurel` options from the flags every command takes. */
export function storageOptions(values: {
  database?: string | undefined;
  'data-dir'?: string | undefined;
  schema?: string | undefined;
}): LaurelOptions {
  return {
    ...(values.database !== undefined && { database: values.database }),
    ...(values['data-dir'] !== undefined && { dataDir: values['data-dir'] }),
    ...(values.schema !== undefined && { schema: values.schema }),
  };
}

/** Commands that touch no token need no secret of the installation, so one that fits nothing stands in. */
const standIn = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

/** Opens Laurel for a command that does one thing, and closes it after. */
export async function withLaurel<Result>(
  options: LaurelOptions,
  work: (laurel: Laurel) => Promise<Result>,
): Promise<Result> {
  const laurel = createLaurel({ secret: standIn(), background: false, jobs: false, ...options });
  try {
    return await work(laurel);
  } finally {
    await laurel.close();
  }
}
