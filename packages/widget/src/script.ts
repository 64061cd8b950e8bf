import { options } from 'preact';
import { setScriptUrl } from './assets.ts';
import { defineElements } from './element.ts';
import { identify, init, on } from './laurel.ts';

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
  const commands = new Map<string, unknown>(Object.entries({ init, identify, on }));
  const run = (command: Command) => {
    try {
      const [name, ...values] = command;
      (commands.get(name) as ((...values: unknown[]) => unknown) | undefined)?.(...values);
    } catch {}
  };
  const script = (document.currentScript ?? document.querySelector('script[data-api]')) as HTMLScriptElement | null;
  setScriptUrl(script?.src ?? '');
  const { api, key, locale, session } = script?.dataset ?? {};
  init({
    ...(api ? { api } : {}),
    ...(key ? { key } : {}),
    ...(locale ? { locale } : {}),
    session: session !== undefined,
  });
  const scope = globalThis as { Laurel?: Partial<Global> };
  const queued: unknown = scope.Laurel?.q;
  scope.Laurel = { init, identify, on, q: { push: (...more) => more.forEach(run) } } satisfies Global;
  if (Array.isArray(queued)) for (const command of queued) run(command as Command);
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
