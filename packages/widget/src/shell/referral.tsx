import { useEffect, useMemo, useRef } from 'preact/hooks';
import { emit } from '../emit.ts';
import { createReferral } from '../stores/referral.ts';
import { Frame, type ShellProps } from './frame.tsx';
import { useValue } from './use-value.ts';

/** What a referral card is told by its attributes. */
export interface ReferralShellProps extends ShellProps {
  /** Id or slug of the programme. */
  program: string;
  /** Where a stranger joins; without it the button only dispatches `laurel:join`. */
  joinUrl: string | undefined;
}

/** A referral card: the visitor's own link and numbers, or how to get them. */
export function ReferralShell(props: ReferralShellProps) {
  const { session, program, joinUrl, heading } = props;
  const root = useRef<HTMLDivElement>(null);
  const store = useMemo(
    () => createReferral(session, program, (code) => emit(root.current, 'error', { code })),
    [session, program],
  );
  useEffect(() => store.stop, [store]);
  const view = useValue(store.view);
  const own = useValue(session.own);
  return (
    <Frame
      {...props}
      root={root}
      element="laurel-referral"
      id={program}
      ready={!!view}
      failed={useValue(store.failed)}
      skeleton={<div class={own ? 'card bones bone-invite' : 'card bones bone-join'} part="card" aria-hidden="true" />}
      draw={({ Invite, Join }, drawn) => {
        const { program, me } = view as NonNullable<typeof view>;
        const shared = { ...drawn, heading, program };
        return me ? <Invite {...shared} {...{ session, store, me }} /> : <Join {...shared} joinUrl={joinUrl} />;
      }}
    />
  );
}
