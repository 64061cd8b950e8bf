// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

const friends = listOf(
  shape(
    [text, 'id name'],
    [orNull(text), 'avatarUrl'],
    [whole, 'rank denseRank ordinal score tiedWith seq'],
    [orNull(whole), 'overall'],
    [flag, 'self'],
  ),
);

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /contests/{contest}/leaderboard/interval': shape(
    [instant, 'startsAt endsAt'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [whole, 'seq participants'],
    [flag, 'hidden'],
    [
      listOf(
        shape([text, 'id name'], [orNull(text), 'avatarUrl'], [whole, 'rank denseRank ordinal score tiedWith seq']),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
  'GET /contests/{contest}/leaderboard/friends': shape(
    [instant, 'startsAt endsAt'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [whole, 'seq participants'],
    [flag, 'hidden'],
    [friends, 'items'],
  ),
  'GET /contests/{contest}/leaderboard/teams': shape(
    [instant, 'startsAt endsAt'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [whole, 'seq teams'],
    [flag, 'hidden'],
    [
      listOf(shape([text, 'id name'], [whole, 'members rank denseRank ordinal score tiedWith'], [flag, 'own'])),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
  'GET /contests/{contest}/leaderboard/cohort': shape(
    [instant, 'startsAt endsAt'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [whole, 'seq participants'],
    [flag, 'hidden'],
    [
      orNull(
        shape(
          [text, 'division'],
          [whole, 'level number promote demote'],
          [orNull(oneOf('promoted stayed demoted')), 'outcome'],
        ),
      ),
      'cohort',
    ],
    [friends, 'items'],
  ),
};
