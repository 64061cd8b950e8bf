import type { Kit } from '../kit.ts';
import type { Me, Referral } from '../stores/referral.ts';
import { answers } from './answers.ts';
import type { Sent } from './form.ts';

/** What a participant may set, and what became of setting it. */
export interface Settings {
  code: Sent;
  name: Sent;
  /** The name invited people see now; `undefined` until it is known. */
  introducedAs: string | null | undefined;
}

const route = 'GET /programs/{program}/invitation';
const calm: Sent = { busy: false, text: '', wrong: false };
const kept = new WeakMap<Referral, { who: unknown; settings: Settings }>();

/**
 * The settings of a card's participant, and what changes them. The name is asked for once: by the participant's own code, as
 * invited people would see it.
 */
export function settingsOf(kit: Kit, card: Referral, { program, referralCode }: Me) {
  const { session, checked } = kit;
  const who = session.own.value;
  const found = kept.get(card);
  const isKnown = found?.who === who;
  const settings = isKnown ? found.settings : { code: calm, name: calm, introducedAs: undefined };
  const set = (changes: Partial<Settings>) => {
    const now = kept.get(card);
    // Somebody else is there by now.
    if (now?.who !== who) return;
    kept.set(card, { who, settings: { ...now.settings, ...changes } });
    card.set({});
  };
  if (!isKnown) {
    kept.set(card, { who, settings });
    session
      .mine((as) => checked(as, route, answers[route])({ program, referralCode }))
      .then(
        (invitation) => set({ introducedAs: invitation?.invitedBy ?? null }),
        () => set({ introducedAs: null }),
      );
  }
  return { settings, set };
}
