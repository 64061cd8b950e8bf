import { send } from '../contest/send.ts';
import type { Action, ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { act } from './act.ts';
import { answers } from './answers.ts';

const route = 'POST /contests/{contest}/actions/{action}/open';

/** When each visit can be claimed, by this device's own clock: the server's may go otherwise. */
const claimable = new WeakMap<ContestStore, Map<string, number>>();

/** A page to open and stay at; after its seconds the points can be collected. */
export function visit(kit: Kit, store: ContestStore, action: Action, opensAt: string | null, drawn: Drawn) {
  const { h, Link, later } = kit;
  const { say } = drawn.language;
  const { contest } = store.state.value.view as View;
  const known = claimable.get(store) ?? new Map<string, number>();
  claimable.set(store, known);
  // Begun before this page was opened.
  const begun = Date.parse(opensAt ?? '') - Date.now();
  if (begun > 0 && !known.has(action.id)) {
    known.set(action.id, performance.now() + Math.min(begun, (action.seconds ?? 0) * 1000) + 300);
    later(tick, 1000).call();
  }
  const from = known.get(action.id);
  const wait = from === undefined ? 0 : Math.max(0, Math.ceil((from - performance.now()) / 1000));
  const sent = store.sentOf(action.id);

  function tick(): void {
    store.set({});
    if ((known.get(action.id) ?? 0) > performance.now()) later(tick, 1000).call();
  }
  async function onOpen(): Promise<void> {
    const opened = await send(
      kit,
      store,
      drawn,
      action.id,
      (as) => kit.checked(as, route, answers[route])({ contest: contest.id, action: action.id }),
      { action_locked: 'stepLocked', action_not_found: 'stepLocked', not_eligible: 'notEligible' },
    );
    if (!opened) return;
    known.set(action.id, performance.now() + (action.seconds ?? 0) * 1000 + 300);
    tick();
  }
  const claim = async ({ currentTarget }: { currentTarget: Element }) => {
    await act(kit, store, action, {}, drawn, currentTarget);
  };
  return h(
    'div',
    { class: 'form' },
    h(
      'div',
      { class: 'pair' },
      h(
        Link,
        {
          href: action.url,
          outside: true,
          class: from === undefined ? 'button primary' : 'button',
          onClick: () => void onOpen(),
        },
        say('visitDo'),
      ),
      from !== undefined &&
        h(
          'button',
          {
            type: 'button',
            class: 'button primary',
            'aria-disabled': sent.busy || wait > 0,
            onClick: (event: MouseEvent) => wait === 0 && void claim(event as never),
          },
          say('visitClaim'),
        ),
    ),
    from !== undefined && wait > 0 && h('p', { class: 'small muted numbers' }, say('visitWait', { n: wait })),
  );
}
