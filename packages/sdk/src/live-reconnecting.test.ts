import { describe, expect, test, vi } from 'vitest';
import { listen, message, stream } from '../test/live.ts';
import { problem, startServer } from '../test/server.ts';
import { LaurelError } from './index.ts';

describe('reconnecting', () => {
  test('goes on while the server fails, and waits as long as it asks', async () => {
    const { baseUrl, received } = await startServer((_, response, count) =>
      count < 2 ? problem(response, 503, 'unavailable', { 'retry-after': '1' }) : stream(response, message(1)),
    );
    const begin = performance.now();
    const { heard, errors, states } = listen(baseUrl);
    await vi.waitFor(() => expect(heard).toHaveLength(1), 3000);
    expect(performance.now() - begin).toBeGreaterThan(980);
    expect(received).toHaveLength(2);
    expect(errors).toEqual([expect.objectContaining({ code: 'unavailable' })]);
    expect(states).toEqual(['reconnecting', 'open']);
  });

  test.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'contest_not_found'],
    [422, 'validation_failed'],
  ])('%i ends it, with the error', async (status, code) => {
    const { baseUrl, received } = await startServer((_, response) => problem(response, status, code));
    const { states, errors } = listen(baseUrl);
    await vi.waitFor(() => expect(states).toEqual(['closed']));
    expect(errors[0]).toBeInstanceOf(LaurelError);
    expect(errors[0]).toMatchObject({ status, code });
    expect(received).toHaveLength(1);
  });

  test('204 ends it without an error', async () => {
    const { baseUrl } = await startServer((_, response) => response.writeHead(204).end());
    const { states, errors } = listen(baseUrl);
    await vi.waitFor(() => expect(states).toEqual(['closed']));
    expect(errors).toEqual([]);
  });

  test('an expired token is asked for again', async () => {
    const { baseUrl } = await startServer(({ headers }, response) =>
      headers.authorization === 'Bearer new' ? stream(response, message(1)) : problem(response, 401, 'token_invalid'),
    );
    const { heard } = listen(baseUrl, { token: async (refused) => (refused ? 'new' : 'old') });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
  });
});
