import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { knownCode } from './code.ts';
import { hasLeft } from './takes-part.ts';

/** Who referred somebody, how that is known, and what the click said. */
export interface Source {
  referrer: string;
  by: 'code' | 'click' | 'coupon';
  clickId: string | null;
  channel: string | null;
  /** Whether the click came with consent to cookies; `null` without a click. */
  consent: boolean | null;
}

/** How somebody came, as far as they or their host say. */
export interface Touches {
  clickId?: string | undefined;
  referralCode?: string | undefined;
  /** Clicks of the cookie. */
  cookieClicks: readonly string[];
}

interface FoundClick {
  id: string;
  referrer: string;
  channel: string | null;
  consent: boolean;
  expired: boolean;
}

/** Parameters: click ids, programme, days of the window, instant or null. The one that counts comes first. */
const statement = (schema: string, model: 'first' | 'last', young: boolean) => `
select id, referrer_id as referrer, channel, consent,
  created_at + make_interval(days => $3) <= coalesce($4::timestamptz, now()) as expired
from ${schema}.click where id = any($1::uuid[]) and program_id = $2 and not ${hasLeft(schema, 'click.program_id', 'click.referrer_id')}
  ${young ? youngEnough : ''}
order by expired, created_at ${model === 'first' ? 'asc' : 'desc'}, id limit 1`;

/** Names the months to look in; a day more than the window, as days are not all of one length. */
const youngEnough = 'and created_at > coalesce($4::timestamptz, now()) - make_interval(days => $3 + 1)';

type Window = Pick<Row<'program'>, 'id' | 'window_days' | 'attribution_model'>;

/** In what is looked, and at which instant: `null` for the database's own clock. */
interface At {
  database: Database;
  now: Date | null;
}

async function firstOrLast(
  clicks: readonly string[],
  { id, window_days, attribution_model }: Window,
  { database, now }: At,
  young: boolean,
): Promise<FoundClick | undefined> {
  if (clicks.length === 0) return undefined;
  const text = statement(database.schema, attribution_model, young);
  return (await database.query<FoundClick>(text, [clicks, id, window_days, now]))[0];
}

/** Which of some clicks counts now, by the rules of the programme; `null` when none does. */
export async function countingClick(clicks: readonly string[], program: Window, at: At): Promise<string | null> {
  const click = await firstOrLast(clicks, program, at, true);
  return click && !click.expired ? click.id : null;
}

/**
 * Finds who referred somebody. Of the clicks known (named, or carried by the cookie) the first or last counts, as the
 * programme says. A click says more than a typed code; one that leads nowhere (of a code nobody has, of who left) says nothing.
 * @throws LaurelProblem click_not_found, code_not_found, attribution_missing, attribution_window_expired
 */
export async function findSource(
  { clickId, referralCode, cookieClicks }: Touches,
  program: Row<'program'>,
  at: At,
): Promise<Source> {
  const clicks = clickId === undefined ? (referralCode === undefined ? cookieClicks : []) : [clickId, ...cookieClicks];
  const click = await firstOrLast(clicks, program, at, false);
  if (click?.expired) {
    throw new LaurelProblem('attribution_window_expired', `The click is older than ${program.window_days} days.`);
  }
  if (click) {
    const { id, referrer, channel, consent } = click;
    return { referrer, by: 'click', clickId: id, channel, consent };
  }
  if (referralCode !== undefined) {
    return { referrer: await ownerOf(referralCode, program, at.database), by: 'code', ...withoutClick };
  }
  if (clickId !== undefined) throw new LaurelProblem('click_not_found', 'The programme has no such click.');
  throw new LaurelProblem('attribution_missing', 'Pass a clickId, a referralCode, or the visitor’s cookie.');
}

/** What a source without a click says of the click. */
export const withoutClick = { clickId: null, channel: null, consent: null };

/**
 * Who has a code in a programme.
 * @throws LaurelProblem code_not_found
 */
export async function ownerOf(code: string, program: Row<'program'>, database: Database): Promise<string> {
  const [row] = await database.query<{ participant_id: string }>(
    `${knownCode(database.schema, '$1')} and program_id = $2`,
    [code, program.id],
  );
  if (!row) throw new LaurelProblem('code_not_found', 'The programme has no such referral code.');
  return row.participant_id;
}
