import { type Client, LaurelError } from '@laurelkit/sdk';

const program = 'friends';
const contest = 'spring';
const days = 30;

/** Fictional crews: a name, how many boats they talked into the race, and how many of those have been launched. */
const crews: readonly [name: string, boats: number, launched: number][] = [
  ['Otter', 4, 3],
  ['Heron', 4, 2],
  ['Coot', 3, 2],
  ['Newt', 2, 2],
  ['Grebe', 3, 1],
  ['Dipper', 2, 0],
];

/** Sets up the race with the secret key, as a host's backend would; does nothing when it is there. */
export async function seed(laurel: Client, site: string): Promise<void> {
  const landingUrl = `${site}/`;
  try {
    await laurel.programs.get({ program });
    await laurel.programs.update({ program, landingUrl });
    return;
  } catch (error) {
    if (!(error instanceof LaurelError && error.code === 'program_not_found')) throw error;
  }
  const headline = 'A race needs more than one boat';
  await laurel.programs.create({ slug: program, name: 'Millpond Crews', headline, landingUrl });
  await laurel.contests.create({
    program,
    slug: contest,
    name: 'Millpond Regatta',
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + days * 86_400_000).toISOString(),
    period: 'week',
    scoring: [
      { event: 'launch', points: 5 },
      { event: 'referral', points: 1 },
    ],
  });
  for (const [name, boats, launched] of crews) {
    const crew = await laurel.participants.upsert({ externalId: name.toLowerCase(), displayName: name });
    const { referralCode } = await laurel.programs.me({ program, participant: crew.id });
    for (let number = 1; number <= boats; number++) {
      const boat = `${name.toLowerCase()}-${number}`;
      await laurel.participants.upsert({ externalId: boat });
      await laurel.referrals.create({ program, participant: boat, referralCode });
      if (number > launched) continue;
      await laurel.conversions.create({
        program,
        participant: boat,
        event: 'launch',
        idempotencyKey: `launch-${boat}`,
      });
    }
  }
}
