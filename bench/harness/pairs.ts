import type { Laurel } from '@laurelkit/server-adapter';

const day = 86_400_000;

/**
 * A programme `friends` with a live contest `spring`, and so many participants `referrer-0…` who referred `referee-0…`.
 * @param onPair - called for each pair once it is there
 */
export async function seedPairs(
  { api }: Pick<Laurel, 'api'>,
  pairs: number,
  onPair: (index: number) => Promise<unknown>,
): Promise<void> {
  await api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  await api.contests.create({
    program: 'friends',
    slug: 'spring',
    name: 'Spring',
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day).toISOString(),
  });
  for (let index = 0; index < pairs; index++) {
    for (const externalId of [`referrer-${index}`, `referee-${index}`]) await api.participants.upsert({ externalId });
    const { referralCode } = await api.programs.me({ program: 'friends', participant: `referrer-${index}` });
    await api.referrals.create({ program: 'friends', participant: `referee-${index}`, referralCode });
    await onPair(index);
  }
}
