import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createLaurel } from '../index.ts';
import { nodeHandler } from '../node.ts';
import { type Command, readWords, storageFlags, storageOptions, UsageError } from './command.ts';

const flags = {
  ...storageFlags,
  port: { type: 'string' },
  host: { type: 'string' },
  'public-url': { type: 'string' },
  'trusted-proxies': { type: 'string' },
  'drain-delay': { type: 'string' },
} as const;

/** Until connections that nobody ends are cut. */
const lastSeconds = 2;

export const serve: Command = {
  usage:
    'laurel serve [--port 4000] [--host 127.0.0.1] [--public-url URL] [--trusted-proxies N] [--drain-delay SECONDS]',
  summary: 'a server of its own, for static sites: the API at /api and the widget at /laurel.js',
  stopsItself: true,
  run: async (words, { print, stopped }) => {
    const { values } = readWords(words, flags);
    const port = wholeNumber(values.port ?? process.env.PORT ?? '4000', 'port');
    const drainDelay = wholeNumber(values['drain-delay'] ?? '1', 'drain-delay');
    const laurel = createLaurel({
      ...storageOptions(values),
      ...(values['public-url'] !== undefined && { publicUrl: values['public-url'] }),
      trustedProxies: wholeNumber(values['trusted-proxies'] ?? '0', 'trusted-proxies'),
      logger: pino({ name: 'laurel', level: process.env.LAUREL_LOG_LEVEL ?? 'info' }, pino.destination(2)),
    });
    const handle = nodeHandler(laurel);
    const widget = widgetFolder();
    const server = createServer((request, response) => {
      const script = widgetScript.exec(request.url ?? '')?.[1];
      if (widget && script) sendScript(join(widget, script), response);
      else void handle(request, response);
    });
    // Longer than balancers keep an idle connection (60 s mostly): whoever closes it must not be the one who is asked.
    server.keepAliveTimeout = 75_000;
    server.listen(port, values.host ?? '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      throw taken ? new UsageError(`Port ${port} is taken. Choose another: --port ${port + 1}`) : error;
    }
    const keys = await Promise.race([laurel.keys.list(), stopped.then(() => null)]).catch(async (error: unknown) => {
      server.close();
      await laurel.close();
      throw error;
    });
    if (keys?.length === 0)
      print(
        'There are no keys yet. Stop the server and run: laurel keys create publishable --origin https://your.site',
      );
    if (!widget) print('Install @laurelkit/widget beside this package to have the widget served at /laurel.js.');
    if (keys) print(`ready http://localhost:${(server.address() as AddressInfo).port}`);
    await stopped;
    // While balancers notice, everything is answered, and each answer asks its caller for another connection.
    laurel.drain();
    await sleep(drainDelay * 1000);
    const closed = once(server, 'close');
    server.close();
    await laurel.close();
    await Promise.race([closed, sleep(lastSeconds * 1000, undefined, { ref: false })]);
    server.closeAllConnections();
    return 0;
  },
};

function wholeNumber(text: string, name: string): number {
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new UsageError(`--${name} must be a whole number, not "${text}".`);
}

/** The widget's loader, its script and the parts that loads when they are needed. */
const widgetScript = /^\/((?:loader|laurel[a-z-]*)\.js)(?:\?|$)/;

/** Where the widget's scripts are, when the host has installed it. */
function widgetFolder(): string | null {
  // Package managers that isolate packages (pnpm) show what the host installed to the host's own folder only.
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return dirname(createRequire(from).resolve('@laurelkit/widget/laurel.js'));
    } catch {}
  }
  return null;
}

function sendScript(file: string, response: ServerResponse): void {
  createReadStream(file)
    .once('open', () =>
      response.writeHead(200, {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=300',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      }),
    )
    .once('error', () => response.writeHead(404).end())
    .pipe(response);
}
