import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listen, message, stream } from '../test/live.ts';
import { problem, startServer } from '../test/server.ts';
import { createClient } from './index.ts';

describe('a stream', () => {
  test('gives messages to the handler of their name; others are passed over', async () => {
    const { baseUrl, received } = await startServer((_, response) =>
      stream(
        response,
        `: hi\n\nevent: unknown\ndata: {}\n\nevent: me\ndata: no JSON\n\n${message(1)}${message(2, 'b')}`,
      ),
    );
    const { heard, states, subscription } = listen(baseUrl, {
      key: 'pk_1',
      topics: ['program:friends', 'contest:a-b'],
    });
    await vi.waitFor(() => expect(heard).toEqual(['friends', 'b']));
    expect(received[0]).toMatchObject({ method: 'GET', url: '/api/live?topics=program%3Afriends%2Ccontest%3Aa-b' });
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer pk_1', accept: 'text/event-stream' });
    expect(received[0]?.headers['last-event-id']).toBeUndefined();
    expect(subscription).toMatchObject({ state: 'open', lastEventId: '2' });
    subscription.close();
    subscription.close();
    expect(states).toEqual(['open', 'closed']);
  });

  test('resumes after the last event, at the pace the server asks for', async () => {
    const { baseUrl, received } = await startServer((_, response, count) => {
      stream(response, `retry: 20\n\n${message(count)}id: 99\ndata: cut o`);
      if (count < 4) response.end();
    });
    const { heard, states, subscription } = listen(baseUrl, { lastEventId: '0' });
    await vi.waitFor(() => expect(heard).toHaveLength(4));
    expect(received.map(({ headers }) => headers['last-event-id'])).toEqual(['0', '1', '2', '3']);
    expect(states.slice(0, 3)).toEqual(['open', 'reconnecting', 'open']);
    expect(subscription.lastEventId).toBe('4');
  });

  test('that falls silent is left for a new one', async () => {
    const { baseUrl, received } = await startServer((_, response, count) => {
      stream(response, `retry: 0\n\n${message(count)}`);
      if (count === 2) {
        const beat = setInterval(() => response.write(':\n'), 20);
        response.on('close', () => clearInterval(beat));
      }
    });
    const { errors, states } = listen(baseUrl, { silence: 80 });
    await vi.waitFor(() => expect(received).toHaveLength(2));
    expect(errors[0]).toMatchObject({ code: 'timeout' });
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(received).toHaveLength(2);
    expect(states).toEqual(['open', 'reconnecting', 'open']);
  });

  test('a handler that throws does not stop it', async () => {
    const { baseUrl } = await startServer((_, response) => stream(response, message(1) + message(2)));
    const seen: unknown[] = [];
    const catcher = (error: unknown) => seen.push(error);
    const former = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException').on('uncaughtException', catcher);
    onTestFinished(() => {
      process.removeAllListeners('uncaughtException');
      for (const listener of former) process.on('uncaughtException', listener);
    });
    let calls = 0;
    listen(baseUrl, {
      on: {
        me: () => {
          calls++;
          throw new Error('from the page');
        },
      },
    });
    await vi.waitFor(() => expect(calls).toBe(2));
    await vi.waitFor(() => expect(seen).toHaveLength(2));
  });
});

describe('ending', () => {
  test('a signal closes it, and the connection with it', async () => {
    let gone = false;
    const { baseUrl } = await startServer((_, response) => {
      stream(response, message(1));
      response.on('close', () => {
        gone = true;
      });
    });
    const controller = new AbortController();
    const { heard, states, subscription } = listen(baseUrl, { signal: controller.signal });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    controller.abort();
    expect(subscription.state).toBe('closed');
    await vi.waitFor(() => expect(gone).toBe(true));
    expect(states).toEqual(['open', 'closed']);
  });

  test('a handler that closes it hears nothing more, and the next resumes right there', async () => {
    const { baseUrl } = await startServer((_, response) => stream(response, message(1) + message(2) + message(3)));
    const heard: unknown[] = [];
    const { subscription } = listen(baseUrl, {
      on: {
        me: (each) => {
          heard.push(each);
          subscription.close();
        },
      },
    });
    await vi.waitFor(() => expect(subscription.state).toBe('closed'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toHaveLength(1);
    expect(subscription.lastEventId).toBe('1');
  });

  test('closing while it waits ends the waiting; an aborted signal never connects', async () => {
    const { baseUrl, received } = await startServer((_, response) => problem(response, 503, 'unavailable'));
    const { states, subscription } = listen(baseUrl);
    await vi.waitFor(() => expect(states).toEqual(['reconnecting']));
    subscription.close();
    expect(listen(baseUrl, { signal: AbortSignal.abort() }).subscription.state).toBe('closed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received).toHaveLength(1);
  });
});

test('client.live uses the connection of the client', async () => {
  const { baseUrl, received } = await startServer((_, response) => stream(response, message(1)));
  const heard: string[] = [];
  const client = createClient({ baseUrl, key: 'pk_1' });
  const subscription = client.live(['program:friends'], { on: { me: ({ program }) => heard.push(program) } });
  await vi.waitFor(() => expect(heard).toEqual(['friends']));
  expect(received[0]?.headers.authorization).toBe('Bearer pk_1');
  subscription.close();
});
