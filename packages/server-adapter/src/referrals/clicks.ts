import type { Click } from '@laurelkit/sdk/contract';
import { isbot } from 'isbot';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import { cookieDomainFor, readClickCookies, writeClickCookie } from '../attribution/click-cookie.ts';
import { type CodeTarget, codeTarget } from '../attribution/code-target.ts';
import { landingFor } from '../attribution/landing.ts';
import { visitorOf } from '../attribution/seen.ts';
import { countingClick } from '../attribution/source.ts';
import type { Context } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import type { Arrival } from '../http/arrival.ts';
import { LaurelProblem } from '../problem.ts';
import { addFurtherParameters, keptAddress } from './further-parameters.ts';
import { type ClickInput, type ClickWriting, type RecordedClick, writeClicks } from './record-clicks.ts';

const daySeconds = 86_400;

/** What clicks need of the house. */
export interface ClickServices {
  cookieKey: Buffer;
  writing: ClickWriting;
  /** Records one together with others that come at the same time; answers when. */
  together(click: ClickInput): Promise<RecordedClick>;
  channel: string;
}

/**
 * Clicks on referral links: followed through our redirect, or seen and reported by the page itself.
 *
 * A code nobody has is answered by the same steps as any other, with a click id that leads nowhere.
 */
export function clicks({ cookieKey, writing, together, channel: notify }: ClickServices): Handlers<'clicks'> {
  return {
    follow: async ({ code, program, to, channel, consent }, context) => {
      const target = await codeTarget(context.database, code, program);
      const allowed = landingFor(target, to);
      if (!allowed) {
        throw new LaurelProblem('landing_not_allowed', 'The address to land on is not one the programme allows.');
      }
      const landing = addFurtherParameters(allowed, context.arrival?.search ?? '', ['rid', ...target.url_parameters]);
      const landingUrl = keptAddress(landing);
      landing.searchParams.set(target.url_parameters[0] ?? 'ref', code);
      const headers = new Headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      // Link previews see where the link leads; a person wrongly taken for one is still known by the code.
      if (!isPreview(context.arrival)) {
        const agreed = agreedTo(consent, target);
        const click = await recordClick(target, code, { channel, landingUrl, consent: agreed }, context);
        landing.searchParams.set('rid', click.clickId);
        if (agreed) headers.append('set-cookie', await cookieFor(target, click, context));
      }
      headers.set('location', landing.href);
      return new Response(null, { status: 302, headers });
    },

    record: async ({ referralCode, program, landingUrl, channel, consent }, context) => {
      const target = await codeTarget(context.database, referralCode, program);
      const click = await recordClick(target, referralCode, { channel, landingUrl, consent }, context);
      if (consent) context.responseHeaders['set-cookie'] = [await cookieFor(target, click, context)];
      return click;
    },
  };

  async function recordClick(target: CodeTarget, code: string, facts: ClickFacts, context: Context) {
    const click = {
      id: uuidv7(),
      programId: target.id,
      referrerId: target.referrer_id,
      channel: facts.channel ?? null,
      landingUrl: facts.landingUrl ?? null,
      consent: facts.consent,
      now: context.now,
      ...visitorOf(context),
    };
    const { at } = context.enlisted
      ? ((await writeClicks(context.database, writing, [click], notify))[0] as RecordedClick)
      : await together(click);
    const expiresAt = new Date(at.getTime() + target.window_days * daySeconds * 1000).toISOString();
    return { clickId: click.id, program: target.slug, referralCode: code, expiresAt };
  }

  /**
   * The cookie that remembers a click: an earlier one that counts, where the first one does, or where nobody has the code. It is
   * written in any case, for as long as any, so that it does not show which it was.
   */
  async function cookieFor(target: CodeTarget, click: z.output<typeof Click>, context: Context): Promise<string> {
    const publicUrl = context.publicUrl();
    const kept = readClickCookies(cookieKey, target.slug, context.arrival?.header('cookie'));
    const counting = await countingClick(kept, target, context);
    const stays = target.attribution_model === 'first' || target.referrer_id === null;
    return writeClickCookie(cookieKey, {
      program: target.slug,
      clickId: stays && counting !== null ? counting : click.clickId,
      maxAge: target.window_days * daySeconds,
      secure: publicUrl?.startsWith('https:') ?? true,
      domain: cookieDomainFor(target.cookie_domain, publicUrl),
    });
  }
}

/** Whether the visitor agreed to cookies, as the link says or else as the legal class of the programme lets us take it. */
const agreedTo = (consent: '0' | '1' | undefined, { legal_class }: CodeTarget) =>
  consent === undefined ? legal_class === 'reward' : consent === '1';

/** Whether a request is of a machine that looks what a link leads to. A browser without a window is a test's, which counts. */
function isPreview(arrival: Arrival | null): boolean {
  if (arrival?.method === 'HEAD') return true;
  const agent = arrival?.header('user-agent');
  return isbot(agent) && !/headless/i.test(agent ?? '');
}

interface ClickFacts {
  channel: string | undefined;
  landingUrl: string | undefined;
  consent: boolean;
}
