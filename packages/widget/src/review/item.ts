import type { Kit } from '../kit.ts';
import type { Queue, Review } from './store.ts';
import type { ReviewKey } from './words.ts';

/** What a view of the queue speaks with. */
export interface Speech {
  say(key: ReviewKey, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  date(instant: string): string;
}

const nameOf = ({ cleanName }: Kit, { displayName, name, externalId }: Review['referrer']) =>
  cleanName(name ?? displayName ?? externalId);

const rank = { high: 0, medium: 1, low: 2 };

/** One review: who invited whom, what looks odd about it, and the two ways to decide. */
export function item(kit: Kit, queue: Queue, review: Review, { say, date }: Speech) {
  const { h } = kit;
  const { current, selected, filter } = queue.state.value;
  const { id, signals, score, sides } = review;
  const here = id === current;
  const picked = selected.has(id);
  const [referrer, referee] = [nameOf(kit, review.referrer), nameOf(kit, review.referee)];
  const worst = signals.reduce((least, { severity }) => Math.min(least, rank[severity]), 2);
  const reach = { tabIndex: here ? 0 : -1 };
  const decide = (decision: 'approved' | 'rejected') => () =>
    queue.set({ current: id, selected: new Set(), deciding: decision });
  const button = (decision: 'approved' | 'rejected', word: ReviewKey) =>
    (sides.referrer !== decision || sides.referee !== decision) &&
    h('button', { type: 'button', class: 'button small', part: word, ...reach, onClick: decide(decision) }, say(word));
  return h(
    'li',
    {
      key: id,
      'data-id': id,
      class: `review s${worst}${picked ? ' picked' : ''}`,
      part: 'row',
      ...reach,
      'aria-current': here ? 'true' : undefined,
      onFocus: () => here || queue.set({ current: id }),
    },
    h(
      'div',
      { class: 'top' },
      h(
        'label',
        { class: 'pick' },
        h('input', { type: 'checkbox', checked: picked, ...reach, onChange: () => queue.toggle(id) }),
        h('span', { class: 'said' }, say('pick', { name: `${referrer}, ${referee}` })),
      ),
      h(
        'p',
        { class: 'pair' },
        h('bdi', { class: 'name', title: referrer }, referrer),
        h('span', { class: 'muted' }, ` ${say('invited')} `),
        h('bdi', { class: 'name', title: referee }, referee),
      ),
      h('span', { class: 'badge numbers', part: 'badge' }, say('score', { n: score })),
    ),
    h(
      'ul',
      { class: 'why' },
      [...signals]
        .sort((one, other) => rank[one.severity] - rank[other.severity])
        .map(({ code, reason, severity }) => h('li', { key: code, class: `w${rank[severity]}` }, reason)),
    ),
    sides.referrer !== sides.referee &&
      h(
        'p',
        { class: 'small' },
        (['referrer', 'referee'] as const)
          .map((side) => `${say(`side_${side}`)}: ${say(`state_${sides[side]}`)}`)
          .join(' · '),
      ),
    review.appeal &&
      h('blockquote', { class: 'appeal' }, h('b', { class: 'small' }, say('appeal')), h('p', null, review.appeal)),
    h(
      'div',
      { class: 'foot' },
      h(
        'details',
        { class: 'small' },
        h('summary', reach, `${say('details')} · ${date(review.openedAt)}`),
        h(
          'ol',
          { class: 'muted' },
          review.history.map(({ state: to, actor, reason, side, at }) =>
            h(
              'li',
              { key: at + to + side },
              [date(at), say(`state_${to}`), side && say(`side_${side}`), actor, reason].filter(Boolean).join(' · '),
            ),
          ),
        ),
      ),
      review.rewardsHeld > 0 &&
        filter === 'waiting' &&
        h('span', { class: 'small muted' }, say('rewards', { n: review.rewardsHeld })),
      h('span', { class: 'acts' }, button('approved', 'approve'), button('rejected', 'reject')),
    ),
  );
}
