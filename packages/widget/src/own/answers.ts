// Written by scripts/guards.ts from the contract.
import { either, flag, instant, is, listOf, oneOf, optional, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /programs/{program}/wallet': shape(
    [text, 'program'],
    [listOf(shape([text, 'currency'], [whole, 'held approved inPayout paid'])), 'balances'],
    [
      listOf(
        shape(
          [text, 'id program rule ruleName'],
          [whole, 'ruleVersion'],
          [oneOf('referrer referee'), 'side'],
          [oneOf('money points coupon item'), 'kind'],
          [orNull(shape([whole, 'minor'], [text, 'currency'])), 'amount'],
          [orNull(whole), 'points'],
          [orNull(text), 'item code'],
          [oneOf('held approved fulfilled capped waiting rejected reversed expired'), 'state'],
          [orNull(instant), 'heldUntil'],
          [instant, 'earnedAt updatedAt'],
        ),
      ),
      'rewards',
    ],
    [orNull(text), 'nextCursor'],
    [
      listOf(
        shape(
          [text, 'rule name'],
          [whole, 'referrals reached'],
          [
            either(
              shape([is('money'), 'kind'], [whole, 'minor'], [text, 'currency']),
              shape([is('percent'), 'kind'], [whole, 'basisPoints'], [optional(whole), 'mostMinor']),
              shape([is('points'), 'kind'], [text, 'contest'], [whole, 'points']),
              shape([is('coupon'), 'kind'], [text, 'coupon']),
              shape([is('item'), 'kind'], [text, 'item']),
            ),
            'value',
          ],
        ),
      ),
      'milestones',
    ],
  ),
  'GET /programs/{program}/reviews': shape(
    [
      listOf(
        shape(
          [text, 'id'],
          [oneOf('open approved rejected appealed'), 'state'],
          [orNull(text), 'referee'],
          [listOf(oneOf('list person email timing value velocity traffic graph')), 'groups'],
          [flag, 'mayAppeal'],
          [instant, 'openedAt'],
        ),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
};
