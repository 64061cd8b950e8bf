#!/usr/bin/env node
import { run } from './run.ts';

// A terminal and npm each pass a signal on, so a second one is nothing new.
const stopped = new Promise<void>((resolve) => {
  process.on('SIGINT', resolve);
  process.on('SIGTERM', resolve);
});

process.exitCode = await run(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  stopped,
});
