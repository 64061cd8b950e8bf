import { findProgram } from '../db/references.ts';
import type { TopicOpener } from '../http/live.ts';
import { LaurelProblem } from '../problem.ts';

/** Opens `program:{program}`: tells a participant that numbers of their own changed, never what anybody else's are. */
export const programTopics: TopicOpener = async (name, reference, context) => {
  const { caller } = context;
  if (caller.kind !== 'participant') {
    throw new LaurelProblem('forbidden', 'Only a participant can follow their own numbers. Send a participant token.');
  }
  const program = await findProgram(context.database, reference);
  return {
    key: `${name}#${caller.id}`,
    concerns: ({ selves }) =>
      selves === 'all' || selves?.some(([programId, id]) => programId === program.id && id === caller.id) === true,
    read: async () => ({ event: 'me', data: { topic: name, program: program.slug }, position: 0 }),
  };
};
