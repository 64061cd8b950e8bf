import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from 'autocannon';
import type { Bench } from '../harness/bench.ts';
import { type Child, startChild, stopChildren } from '../harness/child.ts';
import type { Load } from '../harness/http-load.ts';
import { interleave } from '../harness/interleave.ts';
import type { LiveQuestion } from '../harness/live-server.ts';
import type { ViewersQuestion } from '../harness/live-viewers.ts';
import type { RawQuestion } from '../harness/raw-server.ts';

const requestsPerSecond = 200;

const bench: Bench = {
  about:
    'viewers of one board over server-sent events; from a conversion to the last of them, beside raw sockets that get the same bytes',
  needs: ['postgres'],

  run: async ({ short, postgresUrl, say }) => {
    const count = short ? 100 : 10_000;
    const rounds = short ? 1 : 9;
    const key = `pk_${randomBytes(24).toString('base64url')}`;
    const path = '/api/live?topics=contest:spring';
    try {
      const laurel = await startChild('./live-server.ts');
      const question: LiveQuestion = { kind: 'start', database: postgresUrl, key, referrers: 15 };
      const port = await laurel.ask<number>(question);
      const raw = await startChild('./raw-server.ts');
      const rawPort = await raw.ask<number>({
        kind: 'start',
        message: await firstMessage(port, path, key),
      } satisfies RawQuestion);

      const client = await startChild('./http-load.ts');
      const headers = { authorization: `Bearer ${key}` };
      const load: Load = {
        url: `http://127.0.0.1:${port}`,
        connections: 10,
        duration: short ? 1 : 4,
        rate: requestsPerSecond,
        requests: [{ path: '/api/contests/spring/leaderboard?limit=10', headers }],
      };
      // A server in use: what V8 sets aside for young objects is not its viewers'.
      await client.ask<Outcome>({ ...load, rate: 10 * requestsPerSecond } satisfies Load);

      const watch = async (server: Child, at: number) => {
        const before = await server.ask<number>({ kind: 'memory' });
        const viewers = await startChild('./live-viewers.ts');
        await viewers.ask({ kind: 'open', port: at, path, key, count } satisfies ViewersQuestion);
        const after = await server.ask<number>({ kind: 'memory' });
        return { viewers, bytesEach: (after - before) / count };
      };
      say(`${count} viewers`);
      const ours = await watch(laurel, port);
      say(`${count} raw sockets`);
      const theirs = await watch(raw, rawPort);

      const toLast = async (server: Child, viewers: Child) => {
        // A board tells at most four times a second.
        await sleep(400);
        await viewers.ask({ kind: 'arm' } satisfies ViewersQuestion);
        const last = viewers.ask<number>({ kind: 'last' } satisfies ViewersQuestion);
        const began = await server.ask<number>({ kind: 'move' } satisfies LiveQuestion);
        return ((await last) - began) / 1e6;
      };
      say('time to the last viewer');
      const [time = Number.NaN, rawTime = Number.NaN] = await interleave(
        [
          { name: 'Laurel', round: () => toLast(laurel, ours.viewers) },
          { name: 'raw sockets', round: () => toLast(raw, theirs.viewers) },
        ],
        rounds,
      );

      say('API meanwhile');
      const apiP99 = async (moving: boolean) => {
        let loading = true;
        const outcome = client.ask<Outcome>(load).finally(() => {
          loading = false;
        });
        while (loading && moving) {
          await laurel.ask({ kind: 'move' } satisfies LiveQuestion);
          await Promise.race([outcome, sleep(50)]);
        }
        const { latency, non2xx, errors } = await outcome;
        if (non2xx + errors > 0) throw new Error(`${non2xx} refused and ${errors} failed.`);
        return latency.p99;
      };
      const [during = Number.NaN, quiet = Number.NaN] = await interleave(
        [
          { name: 'during broadcasts', round: () => apiP99(true) },
          { name: 'with nothing to tell', round: () => apiP99(false) },
        ],
        short ? 1 : 5,
      );
      return [
        {
          name: `time to the last of ${count} viewers`,
          value: time,
          unit: 'ms',
          reference: { name: 'raw sockets', value: rawTime },
          ratio: time / rawTime,
          goal: { atMost: 1.4 },
        },
        {
          name: `API p99 during broadcasts, ${requestsPerSecond} requests/s`,
          value: during,
          unit: 'ms',
          reference: { name: 'with nothing to tell', value: quiet },
          goal: { atMost: 20 },
        },
        {
          name: 'memory of a viewer',
          value: ours.bytesEach / 1000,
          unit: 'kB',
          reference: { name: 'raw socket', value: theirs.bytesEach / 1000 },
          goal: { atMost: 15 },
        },
      ];
    } finally {
      await stopChildren();
    }
  },
};

export default bench;

/** The first message of a stream, with its empty line. */
async function firstMessage(port: number, path: string, key: string): Promise<string> {
  const left = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: left.signal,
  });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    if (/event: leaderboard[\s\S]*\n\n$/.test(text)) break;
  }
  left.abort();
  return text.slice(text.indexOf('event: leaderboard'));
}
