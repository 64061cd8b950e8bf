import type { MessageKey } from '../i18n/en.ts';
import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Me, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { lineForm, type Sent } from './form.ts';
import { settingsOf } from './kept.ts';

const codeProblems = {
  code_taken: 'codeTaken',
  code_reserved: 'codeReserved',
  too_many_codes: 'codeEnough',
  validation_failed: 'codeRule',
} as const;

/** The code in the link, and the name that invited people see: both to be chosen. */
export function code(kit: Kit, card: Referral, me: Me, drawn: Drawn) {
  const { session, call } = kit;
  const { say } = drawn.language;
  const { program } = me;
  const { settings, set } = settingsOf(kit, card, me);

  /** Answers whether it was done. */
  async function send(
    which: 'code' | 'name',
    done: string,
    work: () => Promise<unknown>,
    known: Record<string, MessageKey>,
  ): Promise<boolean> {
    set({ [which]: { busy: true, text: '', wrong: false } });
    const answer = await work().catch((error: unknown) => problemWord(error, known));
    const wrong = !answer || typeof answer === 'string';
    const text = wrong ? say((answer as MessageKey) || 'notSent') : done;
    set({ [which]: { busy: false, text, wrong } });
    drawn.say(text);
    return !wrong;
  }

  async function sendCode(value: string): Promise<void> {
    if (value === me.referralCode) return;
    if (!/^[\w-]{3,40}$/.test(value)) return set({ code: { busy: false, text: say('codeRule'), wrong: true } });
    const work = () =>
      session.mine((as) => call(as, 'POST /programs/{program}/codes')({ program, code: value, kind: 'vanity' }));
    if (await send('code', say('codeChosen'), work, codeProblems)) card.read();
  }

  async function sendName(value: string): Promise<void> {
    const introducedAs = value || null;
    const work = () => session.mine((as) => call(as, 'PATCH /programs/{program}/me')({ program, introducedAs }));
    const done = introducedAs ? say('nameShown', { name: introducedAs }) : say('nameHidden');
    if (await send('name', done, work, { validation_failed: 'nameRule' })) set({ introducedAs });
  }

  const save = (sent: Sent) => say(sent.busy ? 'sending' : 'save');
  return [
    lineForm(
      kit,
      'code',
      settings.code,
      { label: say('codeLabel'), hint: say('codeHint'), button: save(settings.code) },
      { defaultValue: me.referralCode, maxLength: 40, spellcheck: false, autocapitalize: 'characters', dir: 'ltr' },
      sendCode,
    ),
    settings.introducedAs === undefined
      ? kit.h('div', { key: 'introduced', class: 'room-for-form' })
      : lineForm(
          kit,
          'introduced',
          settings.name,
          { label: say('nameLabel'), hint: say('nameHint'), button: save(settings.name) },
          { defaultValue: settings.introducedAs ?? '', maxLength: 80 },
          sendName,
        ),
  ];
}
