// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, optional, orNull, shape, text, whole } from '../guards/shapes.ts';

const fields = listOf(shape([text, 'id label'], [flag, 'required'], [optional(listOf(text)), 'choices']));

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /contests/{contest}': shape(
    [text, 'id slug program name timeZone'],
    [orNull(text), 'description'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [instant, 'startsAt endsAt createdAt updatedAt'],
    [oneOf('contest day week month'), 'period'],
    [listOf(shape([text, 'event'], [whole, 'points'])), 'scoring'],
    [flag, 'hideUntilEnd'],
    [oneOf('leaderboard raffle milestone waitlist instant_win league'), 'kind'],
    [oneOf('earliest shared draw'), 'tiePolicy'],
    [oneOf('shown opt_in pseudonyms'), 'names'],
    [
      listOf(shape([text, 'name'], [orNull(text), 'description'], [whole, 'winners'], [optional(whole), 'atPoints'])),
      'prizes',
    ],
    [
      listOf(
        shape(
          [text, 'id title'],
          [oneOf('visit answer code_word share form host daily'), 'kind'],
          [whole, 'points'],
          [optional(text), 'url question'],
          [optional(whole), 'seconds'],
          [optional(listOf(text)), 'choices answers channels'],
          [optional(fields), 'fields'],
          [listOf(text), 'after'],
        ),
      ),
      'actions',
    ],
    [orNull(whole), 'mostEntries teamSize'],
    [shape([orNull(listOf(text)), 'countries'], [orNull(whole), 'minimumAge'], [flag, 'verifiedEmail']), 'eligibility'],
    [shape([oneOf('drand numbers'), 'source'], [whole, 'delaySeconds'], [listOf(text), 'numbers']), 'draw'],
    [orNull(shape([whole, 'size promote demote'], [listOf(text), 'divisions'])), 'league'],
    [
      orNull(shape([whole, 'playsPerDay'], [listOf(shape([text, 'name'], [whole, 'oneIn stock'])), 'prizes'])),
      'instantWin',
    ],
    [orNull(shape([whole, 'days'], [fields, 'fields'])), 'claim'],
    [shape([orNull(text), 'sponsor contact terms']), 'rules'],
    [oneOf('automatically by_hand'), 'publishResults'],
    [whole, 'rulesVersion'],
  ),
  'GET /contests/{contest}/history': shape([
    listOf(
      shape(
        [orNull(oneOf('draft scheduled live paused frozen drawn closed')), 'from'],
        [oneOf('draft scheduled live paused frozen drawn closed'), 'to'],
        [orNull(text), 'note'],
        [optional(text), 'actor'],
        [instant, 'at'],
      ),
    ),
    'items',
  ]),
  'GET /contests/{contest}/me': shape(
    [text, 'contest'],
    [flag, 'joined showName'],
    [listOf(oneOf('joining country age email rules')), 'missing'],
    [orNull(shape([text, 'reason'], [instant, 'at'])), 'disqualified'],
    [whole, 'points entries allEntries'],
    [orNull(shape([whole, 'position of'])), 'position'],
    [
      listOf(
        shape(
          [oneOf('joined referral conversion action award reward course other'), 'source'],
          [orNull(text), 'name'],
          [whole, 'times points'],
        ),
      ),
      'sources',
    ],
    [
      listOf(
        shape(
          [text, 'id'],
          [oneOf('visit answer code_word share form host daily'), 'kind'],
          [oneOf('open done locked waiting'), 'state'],
          [orNull(instant), 'opensAt'],
          [optional(listOf(text)), 'channels'],
        ),
      ),
      'actions',
    ],
    [orNull(whole), 'playsLeft'],
    [orNull(listOf(shape([text, 'prize'], [whole, 'left']))), 'stockLeft'],
    [
      listOf(
        shape(
          [orNull(text), 'winner'],
          [text, 'prize'],
          [orNull(whole), 'place'],
          [oneOf('selected claimed lapsed disqualified'), 'state'],
          [orNull(instant), 'claimBy'],
        ),
      ),
      'won',
    ],
  ),
  'POST /contests/{contest}/plays': shape([whole, 'number'], [orNull(text), 'prize'], [instant, 'playedAt']),
  'GET /contests/{contest}/plays': shape(
    [listOf(shape([whole, 'number'], [orNull(text), 'prize'], [instant, 'playedAt'], [text, 'entryId'])), 'items'],
    [orNull(text), 'nextCursor seed'],
    [listOf(shape([text, 'prize'], [whole, 'left'])), 'stockLeft'],
    [text, 'seedHash'],
  ),
  'GET /programs/{program}/me': shape(
    [text, 'program referralCode referralLink'],
    [shape([whole, 'clicks referrals qualified conversions']), 'counts'],
    [whole, 'points'],
    [flag, 'referred'],
  ),
  'GET /contests/{contest}/draw': shape(
    [text, 'contest receiptKey'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [oneOf('drand numbers'), 'source'],
    [listOf(shape([whole, 'version'], [text, 'document hash'], [instant, 'committedAt'])), 'commitments'],
    [optional(shape([whole, 'seq'], [text, 'hash'], [instant, 'sealedAt'])), 'seal'],
    [
      orNull(
        shape(
          [instant, 'frozenAt'],
          [whole, 'seq'],
          [optional(text), 'ledgerHash'],
          [shape([text, 'hash'], [whole, 'sum count']), 'root'],
          [orNull(whole), 'round'],
          [orNull(instant), 'roundAt'],
        ),
      ),
      'freeze',
    ],
    [orNull(text), 'signature randomness'],
    [orNull(listOf(listOf(text))), 'numbers'],
    [orNull(instant), 'drawnAt'],
  ),
  'GET /contests/{contest}/results': shape(
    [text, 'contest'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [flag, 'published'],
    [
      listOf(
        shape([whole, 'place'], [text, 'prize entryId name'], [oneOf('selected claimed lapsed disqualified'), 'state']),
      ),
      'items',
    ],
  ),
  'GET /contests/{contest}/draw/receipt': shape(
    [text, 'contest entryId signature'],
    [whole, 'weight'],
    [shape([text, 'hash'], [whole, 'sum count']), 'root'],
    [listOf(shape([oneOf('left right'), 'side'], [text, 'hash'], [whole, 'sum'])), 'proof'],
  ),
};
