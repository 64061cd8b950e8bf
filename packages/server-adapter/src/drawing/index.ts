import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { pageStream } from '../http/page-stream.ts';
import { callerOrNamed, visibleContest } from '../http/subject.ts';
import type { KeeperStep } from '../keeper.ts';
import { readablePageHeaders } from '../readable-page.ts';
import { drawAnswer } from './answer.ts';
import { commitStep } from './commit.ts';
import { drawStep } from './draw.ts';
import { evidenceText } from './evidence.ts';
import { evidenceFacts } from './evidence-facts.ts';
import { evidencePage } from './evidence-page.ts';
import { freezeStep } from './freeze.ts';
import { setNumbers } from './numbers.ts';
import { publish } from './publish.ts';
import { createReceipts } from './receipt.ts';
import { resultsOf } from './results.ts';
import { resultsPage } from './results-page.ts';
import type { DrawingServices } from './services.ts';

/** What the keeper does for draws, in the order of a contest’s life. */
export const drawingSteps = (services: DrawingServices): KeeperStep[] => [
  commitStep(services),
  freezeStep(services),
  drawStep(services),
];

type Drawing = 'get' | 'receipt' | 'evidence' | 'evidencePage' | 'setNumbers' | 'results' | 'resultsPage' | 'publish';

/** Draws that anyone can verify: what was committed, frozen and drawn, receipts, evidence, results. */
export function drawing({
  channel,
  boardKey,
  receiptKey,
}: Pick<DrawingServices, 'channel' | 'boardKey' | 'receiptKey'>): Pick<Handlers<'draws'>, Drawing> {
  const receipts = createReceipts(receiptKey);
  const answer = ({ database }: Context, contest: ContestRow) => drawAnswer(database, contest, receiptKey.publicKey);

  return {
    get: async ({ contest }, context) => answer(context, await visibleContest(contest, context)),

    receipt: async ({ contest: reference, participant }, context) => {
      const contest = await visibleContest(reference, context);
      const participantId = await callerOrNamed(context, participant);
      return receipts.receiptOf(context.database, contest.id, participantId);
    },

    evidence: async ({ contest: reference }, context) => {
      const contest = await visibleContest(reference, context);
      const facts = await evidenceFacts(context.database, contest, context.caller);
      const stream = pageStream(evidenceText(context.database, contest.id, facts), (text) => text);
      const headers = {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename="${contest.slug}-evidence.json"`,
      };
      return new Response(stream, { headers });
    },

    evidencePage: async ({ contest: reference }, context) => {
      const contest = await visibleContest(reference, context);
      const facts = await evidenceFacts(context.database, contest, context.caller);
      return new Response(evidencePage(facts), { headers: readablePageHeaders });
    },

    setNumbers: async (input, context) => answer(context, await setNumbers(input, context, channel)),

    results: async ({ contest: reference }, context) => {
      const contest = await visibleContest(reference, context);
      return resultsOf(context.database, contest, context.caller, boardKey);
    },

    resultsPage: async ({ contest: reference }, context) => {
      const contest = await visibleContest(reference, context);
      const results = await resultsOf(context.database, contest, context.caller, boardKey);
      return new Response(resultsPage(contest.name, contest.settings.prizes.length, results), {
        headers: readablePageHeaders,
      });
    },

    publish: async ({ contest }, context) => answer(context, await publish(contest, context, channel)),
  };
}
