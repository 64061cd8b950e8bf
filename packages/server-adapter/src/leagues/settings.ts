import { ContestSettings } from '@laurelkit/sdk/contract';
import * as z from 'zod/mini';
import type { League } from './outcomes.ts';

/** What a league is played by where its contest says nothing. */
const defaults = z.parse(ContestSettings, { league: {} }).league as League;

/** What a league is played by. */
export const leagueOf = (settings: League | null): League => settings ?? defaults;
