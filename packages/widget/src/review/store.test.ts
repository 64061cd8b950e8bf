import { expect, test } from 'vitest';
import { type Kit, kit } from '../kit.ts';
import { session } from '../stores/session.ts';
import { createQueue } from './store.ts';

const later = () => new Promise((done) => setTimeout(done, 5));

test('what was decided of some reviews leaves those alone that are shown by then', async () => {
  let decide: () => void = () => {};
  const call =
    (_: unknown, route: string) =>
    async ({ state }: { state?: string }) => {
      if (route === 'GET /reviews') {
        return { items: [{ id: `${state}-1` }, { id: `${state}-2` }], nextCursor: null, waiting: 2 };
      }
      await new Promise<void>((done) => {
        decide = done;
      });
      return { decided: ['waiting-1'], unchanged: [] };
    };
  session.identify(() => 'token');
  const queue = createQueue({ ...kit, call } as unknown as Kit, 'friends');
  await later();
  queue.set({ deciding: 'approved' });
  const decided = queue.decide('Known');
  await later();
  queue.show('rejected');
  await later();
  queue.toggle('rejected-2');
  decide();
  expect(await decided).toEqual({ decided: ['waiting-1'], unchanged: [] });
  const { items, selected, busy } = queue.state.peek();
  expect([items?.map(({ id }) => id), [...selected], busy]).toEqual([
    ['rejected-1', 'rejected-2'],
    ['rejected-2'],
    false,
  ]);
  queue.stop();
  session.identify(null);
});
