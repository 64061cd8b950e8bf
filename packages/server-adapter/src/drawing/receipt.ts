import type { SignedReceipt } from '@laurelkit/sdk/contract';
import { canonicalJson } from '@laurelkit/sdk/draws';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';
import { createRecent } from '../recent.ts';
import { readEntries } from './entries.ts';
import type { ReceiptKey } from './receipt-key.ts';
import { readDraw } from './stored.ts';
import { growTree, type MerkleTree } from './tree.ts';

const mostTrees = 4;

/** Parameters: contest, participant. */
const entryStatement = (schema: string) =>
  `select entry_id as id from ${schema}.contest_entry where contest_id = $1 and participant_id = $2`;

/** Gives out receipts. */
export interface Receipts {
  /**
   * The signed receipt of a participant.
   * @throws LaurelProblem not_frozen_yet, entry_not_found
   */
  receiptOf(database: Database, contestId: string, participantId: string): Promise<z.output<typeof SignedReceipt>>;
}

/** Makes what gives out receipts. The trees of the contests asked for last stay in memory: what is frozen never changes. */
export function createReceipts(key: ReceiptKey): Receipts {
  const trees = createRecent<Promise<MerkleTree>>(mostTrees);

  const treeOf = (database: Database, contestId: string) => {
    const known = trees.get(contestId);
    if (known) return known;
    const growing = readEntries(database, database.schema, contestId).then((entries) =>
      growTree(entries.map(({ id, weight }) => [id, weight])),
    );
    trees.set(contestId, growing);
    growing.catch(() => trees.delete(contestId));
    return growing;
  };

  return {
    receiptOf: async (database, contestId, participantId) => {
      const draw = await readDraw(database, contestId);
      if (!draw) throw new LaurelProblem('not_frozen_yet', 'There are receipts once the contest has ended.');
      const [entry] = await database.query<{ id: string }>(entryStatement(database.schema), [contestId, participantId]);
      if (!entry) throw new LaurelProblem('entry_not_found', 'The participant has no entry in this contest.');
      const receipt = (await treeOf(database, contestId)).receiptOf(entry.id);
      if (!receipt) throw new Error(`The entry ${entry.id} is not in its tree.`);
      const signed = { contest: contestId, ...receipt };
      return { ...signed, signature: key.sign(canonicalJson(signed)) };
    },
  };
}
