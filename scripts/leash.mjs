/**
 * Runs a command and ends it, with everything it started, once whoever holds the other end of standard input is gone:
 * even a parent that was killed outright leaves nothing running.
 *
 *     node leash.mjs command argument …
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { descendants } from './descendants.mjs';

const [command = '', ...commandArguments] = process.argv.slice(2);
const child = spawn(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });
/** @type {Set<number>} What was running when the end began: some of it in groups of its own. */
const running = new Set();

// This process leads its group, so a signal to the group comes back here: it must not end the one that is waiting.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

/** @param {number} code */
function finish(code) {
  for (const pid of running) send(pid, 'SIGKILL');
  process.exit(code);
}

function end() {
  if (running.size > 0) return;
  for (const pid of descendants(process.pid)) running.add(pid);
  // As if typed at the terminal, which everything knows how to end by; then more firmly.
  send(-process.pid, 'SIGINT');
  setTimeout(() => send(-process.pid, 'SIGTERM'), 3_000);
  setTimeout(() => finish(1), 8_000);
}

process.stdin.on('end', end).on('error', end).resume();

child.on('error', (error) => {
  console.error(`Cannot run ${command}: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, signal) => finish(code ?? 128 + (signal ? constants.signals[signal] : 0)));
