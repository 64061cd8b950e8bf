import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

/** More sign-ups than this through one person within an hour are a burst. */
export const mostInHour = 30;

/** A circle is looked for among this many participants. */
export const longestCycle = 8;

/** From how many participants on shared devices there is something to say, and how far they are counted. */
const peers = { some: 5, many: 25 };
export const mostPeers = 30;

/** Who referred whom: circles, bursts round one person, groups on the same devices. */
export function graph({ reciprocal, cycle, signups, devicePeers }: Facts): Found<SignalCode>[] {
  const found: Found<SignalCode>[] = [];
  if (reciprocal) {
    found.push({ code: 'reciprocal', reason: 'The two invited each other.' });
  } else if (cycle !== null) {
    found.push({ code: 'cycle', reason: `With this sign-up ${cycle} people have invited one another in a circle.` });
  }
  if (signups.hour > mostInHour) {
    const reason = `More than ${mostInHour} people signed up through one person within an hour.`;
    found.push({ code: 'star_burst', reason });
  }
  if (devicePeers >= peers.some) {
    const many = devicePeers >= peers.many;
    found.push({
      code: many ? 'shared_devices_many' : 'shared_devices',
      reason: `At least ${many ? peers.many : peers.some} invited people are connected through shared devices.`,
    });
  }
  return found;
}
