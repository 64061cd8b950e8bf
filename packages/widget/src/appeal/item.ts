import type { MessageKey } from '../i18n/en.ts';
import type { Kit } from '../kit.ts';
import type { OwnStore, Review } from '../own/state.ts';
import { day } from '../parts/day.ts';
import type { Drawn } from '../views/kind.ts';
import { appealForm, appealOf, setAppeal } from './form.ts';

const why = {
  list: 'whyList',
  person: 'whyPerson',
  email: 'whyEmail',
  timing: 'whyTiming',
  value: 'whyValue',
  velocity: 'whyVelocity',
  traffic: 'whyTraffic',
  graph: 'whyGraph',
} as const satisfies Record<Review['groups'][number], MessageKey>;

/** What became of one referral, kindly, why as far as it helps, and a way to ask again. */
export function item(kit: Kit, store: OwnStore, review: Review, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { say, locale } = drawn.language;
  const appeal = appealOf(store);
  const start = ({ currentTarget }: { currentTarget: Element }) => {
    const row = currentTarget.closest('li');
    setAppeal(store, { review: review.id, busy: false, problem: '' });
    row?.querySelector('textarea')?.focus();
  };
  return h(
    'li',
    { key: review.id, class: 'review', part: 'review', tabIndex: -1 },
    h(
      'p',
      null,
      h('bdi', { class: 'name' }, review.referee ? cleanName(review.referee) : say('someone')),
      ' ',
      h('time', { class: 'muted small', dateTime: review.openedAt }, day(locale, review.openedAt)),
    ),
    h(
      'ul',
      { class: 'muted small' },
      review.groups.map((group) => h('li', { key: group }, say(why[group]))),
    ),
    review.state === 'appealed' && h('p', { class: 'note small' }, say('appealed')),
    appeal?.review === review.id
      ? appealForm(kit, store, appeal, drawn)
      : review.mayAppeal &&
          h('button', { type: 'button', class: 'button quiet', part: 'appeal', onClick: start }, say('appeal')),
  );
}
