import { expectTypeOf, test } from 'vitest';
import { type Client, createClient, paginate } from './index.ts';

const client: Client = createClient({ baseUrl: 'https://shop.example/api', key: undefined });

test('inputs and answers are those of the contract', () => {
  expectTypeOf(client.contests.get).parameter(0).toEqualTypeOf<{ contest: string }>();
  expectTypeOf(client.contests.list).parameter(0).extract<object>().toHaveProperty('program');
  expectTypeOf<Awaited<ReturnType<typeof client.leaderboards.list>>['items'][number]['rank']>().toEqualTypeOf<number>();
  expectTypeOf(client.conversions.create).parameter(0).toHaveProperty('idempotencyKey').toEqualTypeOf<string>();
  expectTypeOf<Awaited<ReturnType<typeof client.participants.createToken>>>().toEqualTypeOf<{
    token: string;
    expiresAt: string;
  }>();
});

test('only what can be called is there', () => {
  expectTypeOf(client).not.toHaveProperty('operations');
  expectTypeOf(client.clicks).not.toHaveProperty('follow');
  expectTypeOf(client.live).toBeFunction();
});

test('an input may be left out only where nothing in it is required', () => {
  const never = () => {
    void client.contests.list();
    // @ts-expect-error the contest is required
    void client.contests.get();
    // @ts-expect-error no such field
    void client.contests.get({ contest: 'x', colour: 'red' });
    // @ts-expect-error not a topic
    client.live(['board:1']);
    client.live(['contest:1'], {
      on: { leaderboard: ({ top }) => expectTypeOf(top[0]?.name).toEqualTypeOf<string | undefined>() },
    });
  };
  expectTypeOf(never).toBeFunction();
});

test('paginate takes lists alone and gives their items', () => {
  const never = () => {
    const contests = paginate(client.contests.list, { program: 'friends' });
    expectTypeOf(contests).toEqualTypeOf<
      AsyncGenerator<Awaited<ReturnType<typeof client.contests.get>>, void, undefined>
    >();
    void paginate(client.programs.list);
    // @ts-expect-error the contest is required
    void paginate(client.leaderboards.list);
    // @ts-expect-error not a list
    void paginate(client.contests.get, { contest: 'x' });
  };
  expectTypeOf(never).toBeFunction();
});
