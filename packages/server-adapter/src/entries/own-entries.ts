import type { OwnEntries } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { readActionFacts } from './action-facts.ts';
import { actionState } from './action-state.ts';
import { missingOf } from './missing.ts';
import { type OwnPart, readOwnPart } from './own-part.ts';
import type { EntryTools } from './services.ts';
import { sourcesOf } from './sources.ts';
import { stockLeftOf } from './stock.ts';
import { ticketsOf } from './totals.ts';

type Answer = z.output<typeof OwnEntries>;

/** A participant’s part in a contest, as they may see it: of nobody else but how many tickets there are in all. */
export async function ownEntries(
  { placeOf, allTickets }: EntryTools,
  contest: ContestRow,
  participantId: string,
  context: Context,
): Promise<Answer> {
  const { database, now } = context;
  const { settings } = contest;
  const part = await readOwnPart(database, contest, participantId, now);
  const facts = await readActionFacts(database, contest.id, participantId, now);
  const points = Number(part.points);
  const entries = part.reason === null ? ticketsOf(settings, points) : 0;
  const missing = missingOf(
    { eligibility: settings.eligibility, rulesVersion: contest.rules_version },
    joinedOf(part),
    part.has_verified_email,
  );
  const isIn = missing.every((requirement) => requirement === 'rules');
  const all = await allTickets(database, contest);
  const hasPlace = settings.kind === 'waitlist' && !isHiddenFrom(context.caller, contest);
  return {
    contest: contest.slug,
    joined: part.rules_version !== null,
    missing,
    disqualified:
      part.reason === null || part.disqualified_at === null
        ? null
        : { reason: part.reason, at: part.disqualified_at.toISOString() },
    showName: part.show_name ?? false,
    points,
    entries,
    // Whoever is not in it yet is added, and the sum may be older than what is the caller's own.
    allEntries: isIn ? Math.max(entries, all) : all + entries,
    position: hasPlace ? await placeOf(context, contest, participantId) : null,
    sources: await sourcesOf(database, contest, participantId),
    actions: settings.actions.map((action) => {
      const { opensAt, ...state } = actionState(action, facts);
      return { id: action.id, kind: action.kind, ...state, opensAt: opensAt?.toISOString() ?? null };
    }),
    playsLeft: playsLeft(contest, part),
    stockLeft: await stockLeftOf(database, contest),
    won: wonOf(contest, part),
  };
}

const joinedOf = ({ rules_version, country, age_confirmed }: OwnPart) =>
  rules_version === null ? null : { rulesVersion: rules_version, country, ageConfirmed: age_confirmed === true };

function playsLeft({ settings, phase }: ContestRow, { plays_today }: OwnPart): number | null {
  if (settings.kind !== 'instant_win' || !settings.instantWin) return null;
  return phase === 'live' ? Math.max(0, settings.instantWin.playsPerDay - plays_today) : 0;
}

/** Places of the draw, and what plays won: that needs no claim. */
const wonOf = ({ settings }: ContestRow, { places, instant_prizes }: OwnPart): Answer['won'] => [
  ...places.map(({ claimBy, prize, ...place }) => ({
    ...place,
    prize: settings.prizes[prize]?.name ?? '',
    claimBy: claimBy === null ? null : new Date(claimBy).toISOString(),
  })),
  ...instant_prizes.map((prize) => ({
    ...{ winner: null, place: null, state: 'claimed' as const, claimBy: null },
    prize: settings.instantWin?.prizes[prize]?.name ?? '',
  })),
];
