import type { Contest } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { ContestRow } from '../db/references.ts';
import type { Caller } from '../http/caller.ts';
import { visibleSettings } from './settings.ts';

/** A contest as the API shows it to this caller. */
export function contestAnswer(row: ContestRow, caller: Caller): z.output<typeof Contest> {
  return {
    id: row.id,
    slug: row.slug,
    program: row.program,
    name: row.name,
    description: row.description,
    state: row.phase,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    timeZone: row.time_zone,
    period: row.period,
    scoring: row.scoring,
    hideUntilEnd: row.hide_until_end,
    ...visibleSettings(row.settings, caller),
    rulesVersion: row.rules_version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
