import type { contract, Parsed } from '@laurelkit/sdk/contract';
import type { Updateable } from 'kysely';
import type { Database } from '../db/database.ts';
import { findProgram } from '../db/references.ts';
import type { Tables } from '../db/tables.ts';

/** The settings of a course, those that are given. */
export type GivenSettings = Partial<Omit<Parsed<typeof contract.courses.update>, 'course' | 'state'>>;

type Columns = Updateable<Tables['course']>;

const instant = (value: string | null) => (value === null ? null : new Date(value));

/** How each setting is kept. */
const columns: {
  [Field in Exclude<keyof GivenSettings, 'program'>]-?: (value: NonNullable<GivenSettings[Field]> | null) => Columns;
} = {
  name: (value) => ({ name: value as string }),
  description: (value) => ({ description: value }),
  language: (value) => ({ language: new Intl.Locale(value as string).toString() }),
  tags: (value) => ({ tags: [...new Set(value)] }),
  imageUrl: (value) => ({ image_url: value }),
  timeZone: (value) => ({ time_zone: value as string }),
  dripZone: (value) => ({ drip_zone: value as 'course' | 'learner' }),
  sequential: (value) => ({ sequential: value as boolean }),
  startsAt: (value) => ({ starts_at: instant(value) }),
  endsAt: (value) => ({ ends_at: instant(value) }),
  access: (value) => ({ access: value as 'open' | 'invited' }),
  price: (value) => ({ price_minor: value?.minor ?? null, currency: value?.currency ?? null }),
  seats: (value) => ({ seats: value }),
  waitingList: (value) => ({ waiting_list: value as boolean }),
  listed: (value) => ({ listed: value as boolean }),
};

/**
 * The columns of the settings that are given.
 * @throws LaurelProblem program_not_found
 */
export async function columnsOf(database: Database, { program, ...given }: GivenSettings): Promise<Columns> {
  const kept = (Object.keys(columns) as (keyof typeof columns)[])
    .filter((field) => given[field] !== undefined)
    .map((field) => (columns[field] as (value: unknown) => Columns)(given[field]));
  const programId = program == null ? program : (await findProgram(database, program)).id;
  return Object.assign({}, ...kept, programId === undefined ? {} : { program_id: programId }) as Columns;
}
