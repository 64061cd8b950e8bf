import type { Participant } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import type { TokenIssuer } from '../access/tokens.ts';
import { hint } from '../bus.ts';
import { instantOf } from '../clock.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { findParticipant, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { publicName } from '../public-name.ts';
import { storeContact } from '../settlement/contact.ts';
import { storePrivateName } from '../settlement/private-name.ts';

/** What the participants need of the house. */
export interface ParticipantServices {
  tokens: TokenIssuer;
  channel: string;
  /** Of the purpose `person`: addresses are told apart by hashes made with it. */
  personKey: Buffer;
  /** Hears at once what other nodes hear by the channel: somebody's name or picture is not what it was. */
  onRename(participantId: string): void;
}

/** The people of the host: upsert, read, token. */
export function participants({ tokens, channel, personKey, onRename }: ParticipantServices): Handlers<'participants'> {
  return {
    upsert: async (input, context) =>
      context.transaction(async ({ database, emit }) => {
        const given = {
          ...(input.displayName !== undefined && {
            display_name: input.displayName === null ? null : publicName(input.displayName),
          }),
          ...(input.avatarUrl !== undefined && { avatar_url: input.avatarUrl }),
          ...(input.metadata !== undefined && { metadata: JSON.stringify(input.metadata) }),
        };
        const shown = input.displayName !== undefined || input.avatarUrl !== undefined;
        const before = shown ? await lockShown(database, input.externalId) : undefined;
        const id = uuidv7();
        const row = await database.kysely
          .insertInto('participant')
          .values({ id, external_id: input.externalId, metadata: '{}', ...given })
          .onConflict((conflict) =>
            conflict.column('external_id').doUpdateSet({ ...given, updated_at: instantOf(context) }),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
        if (input.email !== undefined) {
          await storeContact(database, row.id, input.email, { key: personKey, now: context.now, channel });
        }
        if (input.name !== undefined) await storePrivateName(database, row.id, input.name, context);
        if (row.id === id) await emit('participant.created', { participant: id });
        else if (shown && (before?.display_name !== row.display_name || before?.avatar_url !== row.avatar_url)) {
          await hint(database, channel, { names: [row.id] });
          context.afterCommit(async () => onRename(row.id));
        }
        return participantAnswer(row);
      }),

    get: async ({ participant }, context) => participantAnswer(await readable(participant, context)),

    createToken: async ({ participant, expiresIn }, context) => {
      const { id } = await findParticipant(context.database, participant);
      return tokens.issue(id, expiresIn);
    },
  };
}

/** What a participant shows now, locked: what is compared with it must not change in between. */
const lockShown = (database: Database, externalId: string) =>
  database.kysely
    .selectFrom('participant')
    .select(['display_name', 'avatar_url'])
    .where('external_id', '=', externalId)
    .forNoKeyUpdate()
    .executeTakeFirst();

/** A participant sees nobody but themself, and learns nothing about who else there is. */
async function readable(reference: string, { caller, database }: Context): Promise<Row<'participant'>> {
  const row = await findParticipant(database, reference).catch((error: unknown) => {
    if (caller.kind === 'secret') throw error;
  });
  if (row && (caller.kind === 'secret' || (caller.kind === 'participant' && caller.id === row.id))) return row;
  throw new LaurelProblem('participant_not_found', `There is no participant "${reference}" you may see.`);
}

function participantAnswer(row: Row<'participant'>): z.output<typeof Participant> {
  return {
    id: row.id,
    externalId: row.external_id,
    displayName: row.display_name,
    avatarUrl: row.avatar_url,
    metadata: row.metadata,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
