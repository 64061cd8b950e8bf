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
  /** The address by which the visitor came, as a loader noted it. */
  landing?: string | undefined;
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
  const { q: queued, landing }: { q?: unknown; landing?: string | undefined } = scope.Laurel ?? {};
  scope.Laurel = { init, identify, on, landing, q: { push: (...more) => more.forEach(run) } } satisfies Global;
  if (Array.isArray(queued)) queued.forEach(run);
  defineElements();
}

try {
  start();
} catch {}
