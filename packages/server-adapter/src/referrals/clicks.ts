import type { Click } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import type { Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { readClickCookie, writeClickCookie } from './cookie.ts';
import { landingFor } from './landing.ts';
import { type ClickInput, type RecordedClick, writeClicks } from './record-clicks.ts';

const daySeconds = 86_400;

type Target = Row<'program'> & { referrer_id: string; code: string };

/** What clicks need of the house. */
export interface ClickServices {
  cookieKey: Buffer;
  /** The statement that records clicks. */
  statement: string;
  /** Records one together with others that come at the same time; answers when. */
  together(click: ClickInput): Promise<RecordedClick>;
  channel: string;
}

/** Clicks on referral links: followed through our redirect, or seen and reported by the page itself. */
export function clicks({ cookieKey, statement, together, channel: notify }: ClickServices): Handlers<'clicks'> {
  return {
    follow: async ({ code, to, channel, consent }, context) => {
      const target = await targetOf(context, code);
      const landing = landingFor(target, to);
      if (!landing) {
        throw new LaurelProblem('landing_not_allowed', 'The address to land on is not one the programme allows.');
      }
      // Link previews ask with HEAD: they see where the link leads and are not counted.
      if (context.arrival?.method === 'HEAD') return Response.redirect(landing, 302);
      const click = await recordClick(target, { channel, landingUrl: landing.href, consent: consent !== '0' }, context);
      landing.searchParams.set(target.url_parameters[0] ?? 'ref', target.code);
      landing.searchParams.set('rid', click.clickId);
      const headers = new Headers({
        location: landing.href,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
      const cookie = consent === '0' ? null : await cookieFor(target, click, context);
      if (cookie !== null) headers.append('set-cookie', cookie);
      return new Response(null, { status: 302, headers });
    },

    record: async ({ referralCode, landingUrl, channel, consent }, context) => {
      const target = await targetOf(context, referralCode);
      const click = await recordClick(target, { channel, landingUrl, consent }, context);
      const cookie = consent ? await cookieFor(target, click, context) : null;
      if (cookie !== null) context.responseHeaders['set-cookie'] = [cookie];
      return click;
    },
  };

  async function recordClick(target: Target, facts: ClickFacts, context: Context): Promise<z.output<typeof Click>> {
    const click = {
      id: uuidv7(),
      programId: target.id,
      referrerId: target.referrer_id,
      channel: facts.channel ?? null,
      landingUrl: facts.landingUrl ?? null,
      consent: facts.consent,
      now: context.now,
    };
    const { at } = context.enlisted
      ? ((await writeClicks(context.database, statement, [click], notify))[0] as RecordedClick)
      : await together(click);
    return {
      clickId: click.id,
      program: target.slug,
      referralCode: target.code,
      expiresAt: new Date(at.getTime() + target.window_days * daySeconds * 1000).toISOString(),
    };
  }

  /** The cookie that remembers a click; `null` where an earlier one is to be kept. */
  async function cookieFor(target: Target, click: z.output<typeof Click>, context: Context): Promise<string | null> {
    const kept = readClickCookie(cookieKey, target.slug, context.arrival?.header('cookie'));
    if (kept && target.attribution_model === 'first' && (await stillCounts(kept, target, context))) return null;
    return writeClickCookie(cookieKey, {
      program: target.slug,
      clickId: click.clickId,
      maxAge: target.window_days * daySeconds,
      secure: context.publicUrl()?.startsWith('https:') ?? true,
    });
  }
}

/** Whether a first click may keep newer ones from counting: not once it is older than the window itself. */
async function stillCounts(clickId: string, { id, window_days }: Target, { database, now }: Context): Promise<boolean> {
  const rows = await database.query(
    `select from ${database.schema}.click where id = $1 and program_id = $2
     and coalesce($4::timestamptz, now()) < created_at + make_interval(days => $3)
     -- Names the months to look in; a day more than the window, as days are not all of one length.
     and created_at > coalesce($4::timestamptz, now()) - make_interval(days => $3 + 1)`,
    [clickId, id, window_days, now],
  );
  return rows.length > 0;
}

async function targetOf({ database }: Context, code: string): Promise<Target> {
  const [target] = await database.query<Target>(
    `select program.*, referral_code.participant_id as referrer_id, referral_code.code
     from ${database.schema}.referral_code join ${database.schema}.program on program.id = referral_code.program_id
     where lower(referral_code.code) = lower($1)`,
    [code],
  );
  if (!target) throw new LaurelProblem('code_not_found', 'There is no such referral code.');
  return target;
}

interface ClickFacts {
  channel: string | undefined;
  landingUrl: string | undefined;
  consent: boolean;
}
