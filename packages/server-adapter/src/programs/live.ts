import { allSelves, selfSubject } from '../bus.ts';
import { findProgram } from '../db/references.ts';
import type { TopicKind } from '../http/live-topic.ts';
import { LaurelProblem } from '../problem.ts';

/** Opens `program:{program}`: tells a participant that numbers of their own changed, never what anybody else's are. */
export const programTopics: TopicKind = {
  audience: (caller) => (caller.kind === 'participant' ? caller.id : caller.kind),

  open: async (name, reference, context) => {
    const { caller } = context;
    if (caller.kind !== 'participant') {
      throw new LaurelProblem(
        'forbidden',
        'Only a participant can follow their own numbers. Send a participant token.',
      );
    }
    const program = await findProgram(context.database, reference);
    return {
      subjects: [selfSubject(program.id, caller.id), allSelves],
      read: async () => ({ event: 'me', data: { topic: name, program: program.slug }, position: 0 }),
    };
  },
};
