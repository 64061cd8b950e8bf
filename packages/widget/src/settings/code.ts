import type { Kit } from '../kit.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Me, Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { answers } from './answers.ts';
import { lineForm, type Sent } from './form.ts';

const route = 'GET /programs/{program}/invitation';
const calm: Sent = { busy: false, text: '', wrong: false };

interface Settings {
  code: Sent;
  name: Sent;
  /** The name invited people see now; `undefined` until it is known. */
  introducedAs: string | null | undefined;
}

const kept = new WeakMap<Referral, { who: unknown; settings: Settings }>();

/** The code in the link, and the name that invited people see: both to be chosen. */
export function code(kit: Kit, card: Referral, me: Me, about: Program, drawn: Drawn) {
  const { session } = kit;
  const { say } = drawn.language;
  const program = about.slug;
  const who = session.own.value;
  const found = kept.get(card);
  const settings = found?.who === who && found ? found.settings : { code: calm, name: calm, introducedAs: undefined };
  const set = (changes: Partial<Settings>) => {
    kept.set(card, { who, settings: { ...(kept.get(card)?.settings ?? settings), ...changes } });
    card.set({});
  };
  if (settings !== found?.settings) {
    kept.set(card, { who, settings });
    const { referralCode } = me;
    const read = () => session.mine((as) => kit.checked(as, route, answers[route])({ program, referralCode }));
    read().then(
      (invitation) => set({ introducedAs: invitation?.invitedBy ?? null }),
      () => set({ introducedAs: null }),
    );
  }

  async function send(
    which: 'code' | 'name',
    done: string,
    call: () => Promise<unknown>,
    known = {},
  ): Promise<boolean> {
    set({ [which]: { ...calm, busy: true } });
    try {
      const answer = await call();
      if (!answer) throw answer;
      set({ [which]: { ...calm, text: done } });
      drawn.say(done);
      return true;
    } catch (error) {
      const text = say(problemWord(error, known));
      set({ [which]: { busy: false, text, wrong: true } });
      drawn.say(text);
      return false;
    }
  }

  async function sendCode(value: string): Promise<void> {
    if (value === me.referralCode) return;
    if (!/^[\w-]{3,40}$/.test(value)) return set({ code: { busy: false, text: say('codeRule'), wrong: true } });
    const call = () =>
      session.mine((as) => kit.call(as, 'POST /programs/{program}/codes')({ program, code: value, kind: 'vanity' }));
    const known = {
      code_taken: 'codeTaken',
      code_reserved: 'codeReserved',
      too_many_codes: 'codeEnough',
      validation_failed: 'codeRule',
    };
    if (await send('code', say('codeChosen'), call, known)) card.read();
  }

  async function sendName(value: string): Promise<void> {
    const introducedAs = value || null;
    const call = () => session.mine((as) => kit.call(as, 'PATCH /programs/{program}/me')({ program, introducedAs }));
    const done = introducedAs ? say('nameShown', { name: introducedAs }) : say('nameHidden');
    if (await send('name', done, call, { validation_failed: 'nameRule' })) set({ introducedAs });
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
