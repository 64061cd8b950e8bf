import { findTouch } from '@laurelkit/sdk/attribution';
import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { setState } from './state.ts';
import { withoutToken } from './token.ts';

const known = {
  consent_outdated: 'consentChanged',
  email_unavailable: 'mailDown',
  validation_failed: 'emailWrong',
  joining_closed: 'closed',
  program_archived: 'closed',
} as const;

/** The page to come back to, where the programme allows its origin. */
function returnTo({ landingUrl, landingOrigins }: Program): { returnTo?: string } {
  const origins = [...landingOrigins, new URL(landingUrl).origin];
  const [address = ''] = withoutToken(location.href).split('#');
  return origins.includes(location.origin) && address.length <= 2000 ? { returnTo: address } : {};
}

/** What the visitor typed. */
export interface Entry {
  email: string;
  displayName: string;
  consentText: string;
}

/** Asks for a confirmation; answers which field to look at, `null` when the message is on its way. */
export async function send(
  { call, session }: Kit,
  card: Referral,
  program: Program,
  { email, displayName, consentText }: Entry,
  { language, say }: Drawn,
): Promise<'email' | 'consent' | '' | null> {
  const { model } = program.attribution;
  const touch = findTouch({ program: program.slug, model, parameters: program.urlParameters });
  setState(card, { step: 'sending', email, problem: null });
  try {
    await call(
      session.everyone(),
      'POST /programs/{program}/join',
    )({
      program: program.slug,
      email,
      consent: true,
      consentText,
      locale: language.locale,
      ...(displayName && { displayName }),
      ...(touch?.clickId && { clickId: touch.clickId }),
      ...(touch?.referralCode && { referralCode: touch.referralCode }),
      ...returnTo(program),
    });
    setState(card, { step: 'sent' });
    say(language.say('sentTitle'));
    return null;
  } catch (error) {
    const word = problemWord(error, known);
    const field = word === 'emailWrong' ? 'email' : word === 'consentChanged' ? 'consent' : '';
    const text = language.say(word);
    setState(card, { step: 'form', problem: { field, text } });
    say(text);
    // The text, or whether anybody is taken in, is not what this card knew.
    if (field === 'consent' || word === 'closed') card.read();
    return field;
  }
}
