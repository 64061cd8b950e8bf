import { afterAll, expect, it } from 'vitest';
import { closeTesting, createTestLaurel } from './testing.ts';

afterAll(closeTesting);

it('makes test Laurels side by side on embedded storage of its own, that know nothing of each other', async () => {
  const [one, other] = [await createTestLaurel(), await createTestLaurel()];
  try {
    await one.api.participants.upsert({ externalId: 'ada' });
    await expect(one.api.participants.get({ participant: 'ada' })).resolves.toMatchObject({ externalId: 'ada' });
    await expect(other.api.participants.get({ participant: 'ada' })).rejects.toMatchObject({
      code: 'participant_not_found',
    });
  } finally {
    await one.close();
    await other.close();
  }
});
