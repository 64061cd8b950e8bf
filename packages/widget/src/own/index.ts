import type { Kit } from '../kit.ts';
import type { Me, Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import type { OwnState, Tool } from './state.ts';
import { createOwnStore } from './store.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

const drawings: Record<Tool, string> = {
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v2M14 20h2M18 18h2v2',
  code: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  channels: 'M5 20v-6M12 20V4M19 20v-9',
};

const has = ({ wallet }: OwnState) =>
  !!wallet && (wallet.balances.length > 0 || wallet.rewards.length > 0 || wallet.milestones.length > 0);

/** What a participant has beside their link and numbers: tools for the link, rewards, and referrals that are checked. */
export function createOwn(kit: Kit, card: Referral, program: string, onError: (code: string) => void) {
  const store = createOwnStore(kit, card, program, onError);
  const { h, chunk, icon } = kit;

  function panel(tool: Tool, me: Me, about: Program, drawn: Drawn) {
    const part = chunk(tool === 'qr' ? 'qr' : 'settings');
    if (!part) return part;
    if ('qr' in part) return part.qr(kit, me.referralLink, about, drawn);
    return tool === 'code' ? part.code(kit, card, me, drawn) : part.channels(kit, card, me, drawn);
  }

  /** The rules in short, and the way out; read when it is opened. */
  function smallPrint(drawn: Drawn) {
    const { program: about, me } = card.state.value.view ?? {};
    const { print: open } = store.state;
    const shown = open && about && me && chunk('settings')?.print(kit, card, about, me, drawn);
    return h(
      'details',
      {
        key: 'print',
        class: 'print small',
        part: 'small-print',
        onToggle: ({ currentTarget }: { currentTarget: EventTarget }) => {
          const now = (currentTarget as HTMLDetailsElement).open;
          if (now !== store.state.print) store.set({ print: now });
        },
      },
      h('summary', null, drawn.language.say('smallPrint')),
      h('dl', { class: 'terms', 'aria-busy': open && !shown }, shown),
    );
  }

  return {
    /** Buttons below the share targets, and what the pressed one opens. */
    tools(me: Me, about: Program, drawn: Drawn) {
      const { say } = drawn.language;
      const { tool: open } = store.state;
      const button = (tool: Tool) =>
        h(
          'button',
          {
            key: tool,
            type: 'button',
            class: 'tool',
            part: 'tool',
            'aria-expanded': open === tool,
            'aria-controls': 'tool',
            onClick: () => store.set({ tool: open === tool ? null : tool }),
          },
          icon(drawings[tool]),
          h('span', null, say(tool)),
        );
      const shown = open && panel(open, me, about, drawn);
      return [
        h('div', { key: 'row', class: 'toolrow', role: 'group', 'aria-label': say('tools') }, [
          button('qr'),
          button('code'),
          button('channels'),
        ]),
        h(
          'div',
          { key: 'panel', id: 'tool', class: open ? 'toolbox' : undefined, 'aria-busy': shown === undefined },
          shown === null && open ? h('p', { class: 'note small', part: 'error' }, say('failed')) : shown,
        ),
      ];
    },
    /** Rewards and reviews; each file is read only when there are any. */
    below(drawn: Drawn) {
      const { state } = store;
      return [
        has(state) && chunk('wallet')?.wallet(kit, store, drawn),
        state.reviews.length > 0 && chunk('appeal')?.reviews(kit, store, drawn),
        smallPrint(drawn),
      ];
    },
    stop: store.stop,
  };
}
