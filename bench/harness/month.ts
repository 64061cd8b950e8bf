import type { Laurel } from '@laurelkit/server-adapter';

/** What one visitor does in a month of a programme: numbers decide it, so every run has the same month. */
interface Visitor {
  number: number;
  /** Who invited them, by number; `null` for a referrer. */
  referrer: number | null;
  clicks: number;
  purchases: number;
  refunded: boolean;
}

const program = 'friends';
const name = (number: number) => `person-${number}`;

/** One in ten refers; each of the others was referred by one of those, clicked up to three times, and one in two buys. */
function visitor(number: number): Visitor {
  if (number % 10 === 0) return { number, referrer: null, clicks: 0, purchases: 0, refunded: false };
  const dice = (number * 2_654_435_761) % 4_294_967_296;
  const group = Math.floor(number / 100) * 100;
  return {
    number,
    referrer: group + (dice % 10) * 10,
    clicks: 1 + (dice % 3),
    purchases: dice % 2 === 0 ? 1 + ((dice >>> 4) % 2) : 0,
    refunded: dice % 50 === 0,
  };
}

/** Lives one visitor's month through the public API; answers how many calls that took. */
async function live({ api }: Laurel, codes: Map<number, string>, who: Visitor): Promise<number> {
  const participant = name(who.number);
  const referralCode = who.referrer === null ? undefined : codes.get(who.referrer);
  let clickId: string | undefined;
  for (let click = 0; referralCode && click < who.clicks; click++) {
    ({ clickId } = await api.clicks.record({ referralCode, channel: click ? 'email' : 'whatsapp', consent: true }));
  }
  await api.participants.upsert({ externalId: participant });
  if (!clickId) {
    const { referralCode: own } = await api.programs.me({ program, participant });
    codes.set(who.number, own);
    return 2;
  }
  await api.referrals.create({ program, participant, clickId });
  for (let purchase = 0; purchase < who.purchases; purchase++) {
    const conversion = await api.conversions.create({
      program,
      participant,
      event: 'purchase',
      amount: { minor: 4_900, currency: 'EUR' },
      idempotencyKey: `${participant}:${purchase}`,
    });
    if (who.refunded && purchase === 0) await api.conversions.reverse({ conversion: conversion.id, reason: 'refund' });
  }
  return who.clicks + 2 + who.purchases + (who.refunded && who.purchases > 0 ? 1 : 0);
}

/** Lets visitors `from` to `to` live their month, so many at once, referrers before those they invite; answers the calls. */
export async function liveMonth(
  laurel: Laurel,
  codes: Map<number, string>,
  { from, to, callers }: { from: number; to: number; callers: number },
): Promise<number> {
  const all = Array.from({ length: to - from }, (_, index) => visitor(from + index));
  let calls = 0;
  for (const some of [
    all.filter(({ referrer }) => referrer === null),
    all.filter(({ referrer }) => referrer !== null),
  ]) {
    let next = 0;
    const caller = async () => {
      while (next < some.length) {
        const made = await live(laurel, codes, some[next++] as Visitor);
        calls += made;
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }
  return calls;
}
