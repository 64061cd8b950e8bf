import { findTouch } from '@laurelkit/sdk/attribution';
import type { Api } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import { quietly } from '../quietly.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { answers } from './answers.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

type Invitation = Awaited<ReturnType<Api['joining']['invitation']>>;

const route = 'GET /programs/{program}/invitation';

/** That somebody put a banner away, for as long as the tab is open. */
const nameOf = (program: string, code: string) => `laurel:dismissed:${program}:${code}`;

/** What is known of who invited a visitor. */
interface Banner {
  /** `undefined` until it is known, `null` where nobody was invited or they put it away. */
  invitation(): Invitation | null | undefined;
  dismiss(event: { currentTarget: Element }): void;
  stop(): void;
}

/** Finds out who invited somebody that came by a link. */
export function open(kit: Kit, { read, error }: Host): Banner {
  const { session, emit } = kit;
  const program = read('program') ?? '';
  const parameters = read('parameters')?.split(/\s+/).filter(Boolean);
  const code = findTouch({ program, parameters, model: read('model') === 'first' ? 'first' : 'last' })?.referralCode;
  const kept = nameOf(program, code ?? '');
  const away = !code || quietly(() => sessionStorage.getItem(kept));
  const invitation = kit.signal<Invitation | null | undefined>(away ? null : undefined);
  const reader = kit.createReader({
    async read() {
      if (invitation.peek() !== undefined || !code) return;
      const as = session.everyone();
      const found = await reader.run(() => kit.checked(as, route, answers[route])({ program, referralCode: code }));
      if (found) invitation.value = found;
    },
    forget() {},
    fail(problem) {
      invitation.value = null;
      error(problem);
    },
  });
  return {
    invitation: () => invitation.value,
    dismiss({ currentTarget }) {
      quietly(() => sessionStorage.setItem(kept, '1'));
      emit(currentTarget, 'dismiss', { program });
      invitation.value = null;
    },
    stop: reader.stop,
  };
}

/** The banner: who invited the visitor, and what they get. */
export function view(kit: Kit, { invitation, dismiss }: Banner, { language: { say }, heading }: Drawn) {
  const { h, cleanName, icon } = kit;
  const found = invitation();
  if (!found) return found;
  const { invitedBy, programName, offer } = found;
  const names = { name: cleanName(invitedBy ?? ''), program: cleanName(programName) };
  const title = say(invitedBy === null ? 'invited' : 'invitedBy', names);
  return h(
    'section',
    { class: 'card invited', part: 'card invitation', 'aria-label': title },
    h(
      'span',
      { class: 'gift', 'aria-hidden': true },
      icon('M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7S8 7 8 4.5 12 4 12 7zM12 7s4 0 4-2.5S12 4 12 7z'),
    ),
    h(
      'div',
      { class: 'words' },
      kit.title(heading, title),
      offer && h('p', { class: 'offer', part: 'offer' }, offer),
      h('slot', null),
    ),
    h(
      'button',
      { type: 'button', class: 'away', part: 'dismiss', 'aria-label': say('dismiss'), onClick: dismiss },
      icon('M6 6 18 18M18 6 6 18'),
    ),
  );
}
