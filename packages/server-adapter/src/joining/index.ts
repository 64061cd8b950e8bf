import type { TokenIssuer } from '../access/tokens.ts';
import { knownCode } from '../attribution/code.ts';
import type { Seeing } from '../attribution/seen.ts';
import type { Context } from '../context.ts';
import { findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import type { VerifyJoining } from '../host-functions.ts';
import { callerOrNamed } from '../http/subject.ts';
import type { Sequencer } from '../ledger/sequencer.ts';
import { LaurelProblem } from '../problem.ts';
import { publicName } from '../public-name.ts';
import { channelsOf } from './channels.ts';
import { chooseCode, codesOf } from './codes.ts';
import { confirm } from './confirm.ts';
import type { Confirmations } from './confirmations.ts';
import { join } from './join.ts';
import { leaving } from './leave.ts';

/** What joining needs of the house. */
export interface JoiningServices {
  cookieKey: Buffer;
  /** Derived for the purpose `person`. */
  personKey: Buffer;
  /** Derived for the purpose `join-token`. */
  tokenKey: Buffer;
  channel: string;
  tokens: TokenIssuer;
  seeing: Seeing;
  sequencer: Sequencer;
  confirmations: Confirmations;
  /** Counts a message that a caller has us send. */
  message(context: Context): Promise<void>;
  onFailure(error: unknown): void;
  /** Of the host: whether a person asks. */
  verify: VerifyJoining | undefined;
}

/** How people come in: who invited them, what they agree to, and the codes and names they go by from then on. */
export function joining(services: JoiningServices): Handlers<'joining'> {
  return {
    join: join(services),
    confirm: confirm(services),

    ...leaving,

    invitation: async ({ program: reference, referralCode }, { database }) => {
      const program = await findProgram(database, reference);
      const [referrer] = await database.query<{ name: string | null }>(
        `select introduced_as as name from (${knownCode(database.schema, '$1')} and program_id = $2) each
         join ${database.schema}.participation using (program_id, participant_id)`,
        [referralCode, program.id],
      );
      return {
        program: program.slug,
        programName: program.name,
        invitedBy: referrer?.name ?? null,
        offer: program.referee_offer,
      };
    },

    settings: async ({ program: reference, participant, introducedAs }, context) => {
      const { database } = context;
      const program = await findProgram(database, reference);
      const participantId = await callerOrNamed(context, participant);
      const name = introducedAs === null ? null : publicName(introducedAs);
      await database.kysely
        .insertInto('participation')
        .values({ program_id: program.id, participant_id: participantId, introduced_as: name })
        .onConflict((conflict) =>
          conflict.columns(['program_id', 'participant_id']).doUpdateSet({ introduced_as: name }),
        )
        .execute();
      return { introducedAs: name };
    },

    codes: async ({ program: reference, participant }, context) => {
      const program = await findProgram(context.database, reference);
      const participantId = await callerOrNamed(context, participant);
      return { items: await codesOf(context.database, program.id, participantId), nextCursor: null };
    },

    chooseCode: async ({ program: reference, participant, code, kind }, context) => {
      if (kind !== 'vanity' && context.caller.kind !== 'secret') {
        throw new LaurelProblem('forbidden', 'Only the host makes coupons and imports codes.');
      }
      const program = await findProgram(context.database, reference);
      const participantId = await callerOrNamed(context, participant);
      return context.transaction(({ database }) =>
        chooseCode(database, { programId: program.id, participantId, code, kind }, context),
      );
    },

    channels: async ({ program: reference, participant }, context) => {
      const program = await findProgram(context.database, reference);
      const participantId = await callerOrNamed(context, participant);
      return { channels: await channelsOf(context.database, program.id, participantId) };
    },
  };
}
