import type { Context } from '../context.ts';
import { createRecent } from '../recent.ts';
import { recordSightings, type SightingRules } from '../settlement/sightings.ts';

/** What a host saw of a visitor, where it is the host that calls. */
export interface Visitor {
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/** What the server sees of participants, kept hashed (`settlement/sightings.ts`). */
export interface Seeing {
  /** Keeps what a call shows of a participant: by their own request, or as the host says. */
  participant(participantId: string, context: Context, visitor?: Visitor): Promise<void>;
  /** The same for something done often: at most once a day on this node for the same address and browser. */
  participantDaily(participantId: string, context: Context): Promise<void>;
  /** Keeps what a call shows of the visitor behind a click. */
  click(clickId: string, context: Context): Promise<void>;
}

const dayMilliseconds = 86_400_000;
const mostRemembered = 10_000;

/** What the request itself shows of who sent it; a host's backend shows nothing of its visitors. */
export function visitorOf({ caller, arrival, address }: Context): Visitor {
  if (caller.kind === 'secret' || address === 'unknown') return {};
  return { ip: address, userAgent: arrival?.header('user-agent') ?? undefined };
}

/** Makes the seeing of an installation. */
export function createSeeing(rules: SightingRules): Seeing {
  const today = createRecent<number>(mostRemembered);
  const participant: Seeing['participant'] = async (participantId, context, visitor = visitorOf(context)) => {
    const { database, now } = context;
    await recordSightings(database, { participantId, ...visitor }, { ...rules, now });
  };
  return {
    participant,
    click: async (clickId, context) =>
      recordSightings(context.database, { clickId, ...visitorOf(context) }, { ...rules, now: context.now }),
    participantDaily: async (participantId, context) => {
      const visitor = visitorOf(context);
      const key = JSON.stringify([participantId, visitor.ip, visitor.userAgent]);
      const day = Math.floor((context.now ?? new Date()).getTime() / dayMilliseconds);
      if (today.get(key) === day) return;
      await participant(participantId, context, visitor);
      today.set(key, day);
    },
  };
}
