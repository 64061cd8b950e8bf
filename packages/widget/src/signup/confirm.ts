import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { answers } from './answers.ts';
import { setState } from './state.ts';
import { forgetToken } from './token.ts';

type Confirmed = Awaited<ReturnType<typeof ask>>;

const route = 'POST /programs/{program}/confirm';
const ask = ({ checked, session }: Kit, program: string, token: string) =>
  checked(session.everyone(), route, answers[route])({ program, token });

/** A token counts once: cards of one programme on a page share what came of it. */
const asked = new Map<string, Promise<Confirmed>>();

/** Confirms an address by the token of the message: signs the visitor in, or says why not. */
export async function confirm(
  kit: Kit,
  card: Referral,
  { slug }: Program,
  token: string,
  { language, say }: Drawn,
): Promise<void> {
  const key = `${slug} ${token}`;
  setState(card, { step: 'confirming', problem: null });
  try {
    const answer = asked.get(key) ?? ask(kit, slug, token);
    const first = !asked.has(key);
    asked.set(key, answer);
    const confirmed = await answer;
    forgetToken();
    setState(card, { step: 'in', seen: card.state.peek().view });
    card.set({ hint: language.say('welcome') });
    say(language.say('welcome'));
    if (!first) return;
    kit.session.identify(confirmed.token);
    kit.emit(document.body, 'joined', { program: slug, referralCode: confirmed.referralCode });
  } catch (error) {
    asked.delete(key);
    const { code = '', status = 0 } = error as { code?: string; status?: number };
    const used = code === 'confirmation_invalid' || (status >= 400 && status < 500 && status !== 429);
    if (used) forgetToken();
    const text = language.say(used ? 'confirmUsed' : problemWord(error, { network_error: 'confirmLater' }));
    setState(card, { step: used ? 'form' : 'again', problem: { field: '', text } });
    say(text);
  }
}
