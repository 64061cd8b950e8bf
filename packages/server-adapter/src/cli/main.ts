#!/usr/bin/env node
import { constants } from 'node:os';
import { run } from './run.ts';

// A terminal and npm each pass a signal on, so a second one is nothing new.
const stopped = new Promise<number>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => resolve(128 + constants.signals[signal]));
  }
});

process.exitCode = await run(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stopped,
});
// A command that was stopped leaves its work where it is: what was not committed did not happen.
if (process.exitCode > 128) process.exit();
