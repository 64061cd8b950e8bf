import { randomBytes } from 'node:crypto';
import type { Outcome, Request } from 'autocannon';
import type { Bench, Result } from '../harness/bench.ts';
import { startChild, stopChildren } from '../harness/child.ts';
import type { Load } from '../harness/http-load.ts';
import { interleave } from '../harness/interleave.ts';
import type { LaurelAnswer, LaurelQuestion } from '../harness/laurel-server.ts';

const connections = 64;
const fixedRate = 1000;
const mounts = ['node', 'hono', 'express'] as const;

const bench: Bench = {
  about: `requests through each mount, ${connections} connections, PostgreSQL; client and bare node:http in processes of their own`,
  needs: ['postgres'],
  headline: 'conversions, node',

  run: async ({ short, postgresUrl, say }) => {
    const seconds = short ? 0.5 : 2;
    const rounds = short ? 1 : 5;
    const secretKey = `sk_${randomBytes(24).toString('base64url')}`;
    try {
      const client = await startChild('./http-load.ts');
      const laurel = await startChild('./laurel-server.ts');
      const question: LaurelQuestion = { database: postgresUrl, secretKey, referrers: short ? 16 : 200 };
      const { ports, tokens } = await laurel.ask<LaurelAnswer>(question);

      const conversions: Request[] = tokens.slice(0, 50).map((_, index) => ({
        method: 'POST',
        path: '/api/conversions',
        headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          program: 'friends',
          participant: `referee-${index}`,
          event: 'purchase',
          idempotencyKey: '{key}',
        }),
      }));
      const ranks: Request[] = tokens.slice(0, 50).map((token) => ({
        path: '/api/contests/spring/standing?around=5',
        headers: { authorization: `Bearer ${token}` },
      }));
      const health: Request[] = [{ path: '/api/livez' }];

      const load = async (port: number, requests: Request[], rate?: number): Promise<Outcome> => {
        const question: Load = {
          url: `http://127.0.0.1:${port}`,
          connections,
          duration: seconds,
          requests,
          ...(rate !== undefined && { rate }),
        };
        const outcome = await client.ask<Outcome>(question);
        if (outcome.non2xx + outcome.errors > 0)
          throw new Error(`${outcome.non2xx} refused and ${outcome.errors} failed of ${requests[0]?.path}`);
        return outcome;
      };
      const perSecond = async (port: number, requests: Request[]) => {
        const outcome = await load(port, requests);
        return outcome['2xx'] / outcome.duration;
      };

      const results: Result[] = [];
      const waits: Result[] = [];
      for (const { name, unit, requests, goal } of [
        { name: 'conversions', unit: 'conversions/s', requests: conversions, goal: 0.35 },
        { name: 'rank + around', unit: 'reads/s', requests: ranks, goal: 0.5 },
        { name: 'the way in alone (livez)', unit: 'requests/s', requests: health, goal: undefined },
      ]) {
        say(name);
        const bare = await startChild('./bare-server.ts');
        const barePort = await bare.ask<number>(await bodyOf(ports.node, requests[0] as Request));
        const [limit = Number.NaN, ...values] = await interleave(
          [barePort, ...mounts.map((mount) => ports[mount])].map((port) => ({
            name,
            round: () => perSecond(port, requests),
          })),
          rounds,
        );
        for (const [index, mount] of mounts.entries()) {
          const value = values[index] ?? Number.NaN;
          results.push({
            name: `${name}, ${mount}`,
            value,
            unit,
            reference: { name: 'bare node:http', value: limit },
            ratio: value / limit,
            ...(mount === 'node' && goal !== undefined && { goal: { atLeast: goal } }),
          });
        }
        const [least = Number.NaN, p99 = Number.NaN] = await interleave(
          [barePort, ports.node].map((port) => ({
            name,
            round: async () => (await load(port, requests, fixedRate)).latency.p99,
          })),
          rounds,
        );
        waits.push({
          name: `${name} at ${fixedRate}/s, p99, node`,
          value: p99,
          unit: 'ms',
          reference: { name: 'bare node:http', value: least },
          ratio: p99 / least,
        });
        await bare.stop();
      }
      return [...results, ...waits];
    } finally {
      await stopChildren();
    }
  },
};

export default bench;

/** What a request is answered, so that the bare server can answer as much. */
async function bodyOf(port: number, { method = 'GET', path = '/', headers = {}, body }: Request): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: body.replace('{key}', `bare-${Date.now()}`) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.text();
}
