import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../src/http/answer.ts';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, seed, sql, storageName, testLaurel } from './support.ts';

const people = 50_000;
const pageSize = 500;

describe(`an export of ${people} rows (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
    await sql(
      laurel,
      `insert into $schema.participant (id, external_id, metadata)
       select gen_random_uuid(), 'person-' || n, jsonb_build_object('note', repeat('x', 300)) from generate_series(1, ${people}) n`,
    );
  }, 60_000);

  it('has each of them once', async () => {
    const path = '/programs/friends/export/participants';
    const { text } = await ask(laurel, 'GET', path, { credential: laurel.secretKey });
    const names = text
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { externalId: string }).externalId);
    expect(names).toHaveLength(people);
    expect(new Set(names).size).toBe(people);
    const csv = await ask(laurel, 'GET', `${path}?format=csv`, { credential: laurel.secretKey });
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(people + 1);
  }, 60_000);

  it('is read no further than its reader takes it, and not at all once they left', async () => {
    let asked = 0;
    let isOver = false;
    /** The body, counting how often somebody asks for more. */
    const counted = (body: ReadableStream<Uint8Array>) => {
      const reader = body.getReader();
      return new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            asked++;
            const { done, value } = await reader.read();
            if (done) controller.close();
            else controller.enqueue(value);
          },
          cancel: async () => {
            isOver = true;
            await reader.cancel();
          },
        },
        { highWaterMark: 0 },
      );
    };
    const answer = async (arrival: Parameters<TestLaurel['answer']>[0]): Promise<Answer> => {
      const made = await laurel.answer(arrival);
      return made.body instanceof ReadableStream ? { ...made, body: counted(made.body) } : made;
    };
    const server = createServer(nodeHandler({ answer })).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.pause();
    socket.write(
      `GET /api/programs/friends/export/participants HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${laurel.secretKey}\r\n\r\n`,
    );
    // It goes on until the buffers of both ends are full, and stands still then.
    let before = -1;
    await eventually(
      async () => {
        before = asked;
        await new Promise((resolve) => setTimeout(resolve, 300));
        return asked;
      },
      (now) => now > 0 && now === before,
    );
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(people / pageSize / 2);
    socket.destroy();
    expect(await eventually(() => isOver, Boolean)).toBe(true);
    const last = asked;
    server.closeAllConnections();
    server.close();
    expect(asked).toBe(last);
  }, 60_000);
});
