import { expect } from 'vitest';

/** Somebody in a cohort of a period. */
export interface Seated {
  participant: string;
  period_start: Date;
  level: number;
  cohort: number;
  seat: number;
  outcome: 'promoted' | 'stayed' | 'demoted' | null;
}

/** Everybody in the leagues of a schema, in order. */
export const seatsStatement = (
  schema: string,
) => `select external_id as participant, period_start, level, cohort, seat, outcome
     from ${schema}.league_member join ${schema}.participant on participant.id = participant_id
     order by period_start, level, cohort, seat`;

/** What holds of every league at any time: full cohorts but the last of each division, and levels that follow outcomes. */
export function expectSound(rows: readonly Seated[], { size, divisions }: { size: number; divisions: number }) {
  const key = (row: Seated) => `${row.period_start.toISOString()} ${row.level}`;
  for (const division of Map.groupBy(rows, key).values()) {
    expect(division.map(({ cohort, seat }) => (cohort - 1) * size + seat)).toEqual(
      division.map((_, index) => index + 1),
    );
    expect(division.every(({ seat }) => seat <= size)).toBe(true);
  }
  const move = { promoted: 1, stayed: 0, demoted: -1 };
  for (const own of Map.groupBy(rows, ({ participant }) => participant).values()) {
    expect(new Set(own.map(key)).size).toBe(own.length);
    let expected = 1;
    for (const { level, outcome } of own) {
      expect(level).toBe(expected);
      expected += outcome ? move[outcome] : 0;
      expect(expected >= 1 && expected <= divisions).toBe(true);
    }
  }
}
