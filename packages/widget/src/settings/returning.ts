import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { goingOf, lookWhetherLeft, setGoing } from './left.ts';

async function comeBack({ session, call }: Kit, card: Referral, program: Program, { language, say }: Drawn) {
  const { slug, consentText } = program;
  setGoing(card, { step: 'busy', problem: '' });
  try {
    const back = await session.mine((as) =>
      call(as, 'POST /programs/{program}/rejoin')({ program: slug, ...(consentText !== null && { consentText }) }),
    );
    if (!back) throw back;
    setGoing(card, { step: 'calm', left: false });
    card.set({ hint: language.say('welcomeBack') });
    say(language.say('welcomeBack'));
    card.read();
  } catch (error) {
    const { code } = (error ?? {}) as { code?: string };
    const problem = language.say(problemWord(error, { consent_outdated: 'consentNew', network_error: 'leaveFailed' }));
    setGoing(card, { step: 'calm', problem });
    say(problem);
    if (code === 'consent_outdated') card.read();
  }
}

/** How somebody who left comes back; `null` for anybody else, and until it is known who they are. */
export function returning(kit: Kit, card: Referral, program: Program, drawn: Drawn) {
  const { h, Link, safeUrl } = kit;
  const { say } = drawn.language;
  lookWhetherLeft(kit, card, program);
  const { left, step, problem, focus } = goingOf(card);
  if (!left) return null;
  // What had the focus is gone.
  if (focus) {
    goingOf(card).focus = undefined;
    setTimeout(() => focus.querySelector<HTMLElement>('.returning')?.focus());
  }
  const { consentText } = program;
  const terms = safeUrl(program.termsUrl, /^https?:$/);
  const busy = step === 'busy';
  return h(
    'div',
    {
      class: 'form step returning',
      part: 'left',
      tabIndex: -1,
    },
    h('b', { class: 'sub' }, say('leftTitle')),
    h('p', null, say('leftText')),
    consentText !== null && h('p', { class: 'small muted' }, say('backAgrees'), ' ', h('q', null, consentText)),
    terms && h('p', { class: 'small' }, h(Link, { href: terms, outside: true, part: 'terms' }, say('terms'))),
    h('p', { class: 'small wrong', part: 'error' }, problem),
    h(
      'button',
      {
        type: 'button',
        class: 'button primary',
        part: 'join',
        'aria-disabled': busy,
        onClick: () => {
          if (!busy) void comeBack(kit, card, program, drawn);
        },
      },
      say(busy ? 'sending' : 'comeBack'),
    ),
  );
}
