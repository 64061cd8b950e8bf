// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, orNull, shape, text, whole } from './shapes.ts';

const leaderboard = listOf(
  shape([text, 'id name'], [orNull(text), 'avatarUrl'], [whole, 'rank denseRank ordinal score tiedWith seq']),
);

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /contests/{contest}': shape(
    [text, 'id slug program name timeZone'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [instant, 'startsAt endsAt'],
    [oneOf('contest day week month'), 'period'],
    [listOf(shape([text, 'event'], [whole, 'points'])), 'scoring'],
  ),
  'GET /contests/{contest}/leaderboard': shape(
    [oneOf('all period'), 'window'],
    [instant, 'startsAt endsAt'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [whole, 'seq participants'],
    [flag, 'hidden'],
    [leaderboard, 'items'],
    [orNull(text), 'nextCursor'],
  ),
  'GET /contests/{contest}/standing': shape(
    [oneOf('all period'), 'window'],
    [instant, 'startsAt endsAt'],
    [oneOf('draft scheduled live paused frozen drawn closed'), 'state'],
    [whole, 'seq participants'],
    [flag, 'hidden'],
    [orNull(shape([text, 'id name'], [whole, 'rank denseRank ordinal score tiedWith'])), 'standing'],
    [leaderboard, 'around'],
  ),
  'GET /programs/{program}': shape(
    [text, 'id slug name'],
    [orNull(text), 'headline refereeOffer consentText termsUrl'],
    [shape([oneOf('first last'), 'model'], [whole, 'windowDays'], [orNull(whole), 'creditWindowDays']), 'attribution'],
    [listOf(text), 'urlParameters'],
    [oneOf('host open'), 'joining'],
    [orNull(instant), 'archivedAt'],
  ),
  'GET /programs/{program}/me': shape(
    [text, 'program referralCode referralLink'],
    [shape([whole, 'clicks referrals qualified conversions']), 'counts'],
    [whole, 'points'],
    [flag, 'referred'],
  ),
};
