import { mostTickets, mostTicketsInAll } from '@laurelkit/sdk/draws';
import type { ContestSettings } from '../db/contest-tables.ts';

/** What of the settings decides how many tickets a score is. */
type Weighing = Pick<ContestSettings, 'kind' | 'mostEntries'>;

/** Most tickets of one entry: what the contest says, and never more than a draw takes. */
export const ticketLimit = ({ mostEntries }: Weighing) => Math.min(mostEntries ?? mostTickets, mostTickets);

/**
 * How many points are one ticket: 1, but where that would be more tickets than a draw takes (`mostTicketsInAll`).
 * @param tickets - of all, at one a point, with the limit for each
 */
export const pointsPerTicket = (tickets: number, entrants: number): number =>
  tickets <= mostTicketsInAll ? 1 : Math.ceil(tickets / Math.max(1, mostTicketsInAll - entrants));

/** What an entry weighs: tickets in a raffle, one at least; else the score. */
export const weightOf = (score: number, settings: Weighing, perTicket: number): number =>
  settings.kind === 'raffle' ? Math.max(1, Math.floor(Math.min(score, ticketLimit(settings)) / perTicket)) : score;
