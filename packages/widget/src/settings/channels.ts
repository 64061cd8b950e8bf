import type { Api } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import { type ShareTarget, shareNames } from '../share/targets.ts';
import type { Me, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { answers } from './answers.ts';

type Channel = Awaited<ReturnType<Api['joining']['channels']>>['channels'][number];

const route = 'GET /programs/{program}/channels';
const kept = new WeakMap<Referral, { me: Me; channels: readonly Channel[] | null | undefined }>();

/** Where clicks came from and what came of them, read anew whenever the participant's own numbers changed. */
export function channels(kit: Kit, card: Referral, me: Me, drawn: Drawn) {
  const { h, session, cleanName } = kit;
  const { say, number } = drawn.language;
  const found = kept.get(card);
  if (found?.me !== me) {
    kept.set(card, { me, channels: found?.channels ?? undefined });
    const { program } = me;
    const done = (list: readonly Channel[] | null) => {
      if (kept.get(card)?.me === me) kept.set(card, { me, channels: list });
      card.set({});
    };
    session
      .mine((as) => kit.checked(as, route, answers[route])({ program }))
      .then(
        (answer) => done(answer?.channels ?? null),
        () => done(null),
      );
  }
  const list = kept.get(card)?.channels;
  if (!list) return list;
  const nameOf = (channel: string | null) => {
    if (channel === null) return say('channelNone');
    if (channel === 'email') return say('email');
    if (channel === 'qr') return say('qr');
    if (channel === 'share') return say('share');
    return shareNames[channel as Exclude<ShareTarget, 'email'>] ?? cleanName(channel);
  };
  const most = Math.max(1, ...list.map(({ clicks }) => clicks));
  if (list.length === 0) return h('p', { class: 'muted small' }, say('channelsEmpty'));
  return h(
    'table',
    { class: 'channels numbers' },
    h('caption', null, say('channelsTitle')),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        (['channel', 'channelClicks', 'channelJoined', 'channelConversions'] as const).map((word) =>
          h('th', { key: word, scope: 'col' }, say(word)),
        ),
      ),
    ),
    h(
      'tbody',
      null,
      list.map(({ channel, clicks, referrals, conversions }) =>
        h(
          'tr',
          { key: channel ?? '', style: { '--share': `${(clicks / most) * 100}%` } },
          h('th', { scope: 'row' }, h('bdi', null, nameOf(channel))),
          [clicks, referrals, conversions].map((value, index) => h('td', { key: index }, number(value))),
        ),
      ),
    ),
  );
}
