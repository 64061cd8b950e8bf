import { copyField } from '../contest/copy-field.ts';
import type { Action, ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import { type ShareTarget, shareNames, sharePaths, shareTargets, shareUrl, withChannel } from '../share/targets.ts';
import type { Drawn } from '../views/kind.ts';
import { act } from './act.ts';

const isTarget = (channel: string): channel is ShareTarget => (shareTargets as readonly string[]).includes(channel);

/** The own link by each channel the step names: those that open by an address, and others as a link to copy. */
export function share(kit: Kit, store: ContestStore, action: Action, counted: readonly string[], drawn: Drawn) {
  const { h, Link, icon, emit, cleanName } = kit;
  const { say } = drawn.language;
  const { contest, link } = store.state.value.view as View;
  const name = cleanName(contest.name);
  const channels = action.channels ?? [];
  if (!link) return null;
  const nameOf = (channel: string) =>
    channel === 'email' ? say('email') : (shareNames[channel as Exclude<ShareTarget, 'email'>] ?? cleanName(channel));
  const tell = (channel: string, from: Element) => {
    emit(from, 'share', { channel, link: withChannel(link, channel) });
    void act(kit, store, action, { channel }, drawn, from);
  };
  const target = (channel: ShareTarget) => {
    const has = counted.includes(channel);
    return h(
      'li',
      { key: channel },
      h(
        Link,
        {
          href: shareUrl(channel, link, say('shareSubject', { name }), say('shareText', { name })),
          outside: channel !== 'email',
          class: has ? 'button via counted' : 'button via',
          part: 'share',
          onClick: ({ currentTarget }) => tell(channel, currentTarget),
        },
        icon(sharePaths[channel]),
        h('span', null, nameOf(channel)),
        has && h('span', { class: 'small muted' }, say('shareCounted')),
      ),
    );
  };
  const others = channels.filter((channel) => !isTarget(channel));
  return h(
    'div',
    { class: 'form' },
    h('p', { class: 'small muted' }, say('shareHint')),
    h('ul', { class: 'vias' }, channels.filter(isTarget).map(target)),
    others.map((channel) =>
      h(
        'div',
        { key: channel, class: 'form' },
        h(
          'p',
          { class: 'small strong' },
          nameOf(channel),
          counted.includes(channel) && h('span', { class: 'muted' }, ` ${say('shareCounted')}`),
        ),
        copyField(
          kit,
          store,
          drawn,
          `share ${channel}`,
          withChannel(link, channel),
          { label: nameOf(channel), copy: say('copy'), said: say('copiedSaid'), failed: say('copyFailed') },
          (from) => tell(channel, from),
        ),
      ),
    ),
  );
}
