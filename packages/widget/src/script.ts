import { options } from 'preact';
import { defineElements } from './element.ts';
import { identify, init, on } from './laurel.ts';
import { script } from './load-script.ts';
import type { Settings } from './stores/session.ts';

/** A call put into the queue before the script was there: name of the function, then its arguments. */
type Command = [name: string, ...values: unknown[]];

interface Global {
  init: typeof init;
  identify: typeof identify;
  on: typeof on;
  /** Commands: run at once now that the script is there. */
  q: { push(...commands: Command[]): void };
}

function start(): void {
  const calls: Record<string, unknown> = { init, identify, on };
  const run = (command: Command) => {
    try {
      const [name, ...values] = command;
      (calls[name] as (...values: unknown[]) => unknown)(...values);
    } catch {}
  };
  const settings = script?.dataset ?? {};
  init({ ...settings, session: 'session' in settings } as Settings);
  const scope = globalThis as { Laurel?: Partial<Global> };
  const queued: unknown = scope.Laurel?.q;
  scope.Laurel = { init, identify, on, q: { push: (...more) => more.forEach(run) } } satisfies Global;
  if (Array.isArray(queued)) queued.forEach(run);
  defineElements();
}

// This Preact is the script's own: what fails in it stays in it.
options.debounceRendering = (run) =>
  void Promise.resolve()
    .then(run)
    .catch(() => {});

try {
  start();
} catch {}
