import type { Handlers } from '../handlers.ts';
import { act } from './act.ts';
import { join } from './join.ts';
import { me } from './me.ts';
import { openVisit } from './open-visit.ts';
import { play } from './play.ts';
import { plays } from './plays.ts';
import type { EntryServices } from './services.ts';
import { submissions } from './submissions.ts';
import { createAllTickets } from './totals.ts';
import { verify } from './verify.ts';

/** What participants do in contests: join, earn by actions, play instant wins, and see how they stand. */
export function entries(services: EntryServices): Handlers<'entries'> {
  const tools = { ...services, allTickets: createAllTickets() };
  return {
    join: join(tools),
    me: me(tools),
    open: openVisit,
    act: act(tools),
    verify: verify(tools),
    submissions: submissions(tools),
    play: play(tools),
    plays: plays(tools),
  };
}
