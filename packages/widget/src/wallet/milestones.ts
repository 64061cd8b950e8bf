import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Wallet } from '../own/state.ts';
import { money, percent } from './money.ts';

type Milestone = Wallet['milestones'][number];

/** What a milestone gives, in words. */
function worth({ value }: Milestone, { say, locale }: Language, cleanName: Kit['cleanName']): string {
  if (value.kind === 'money') return money(locale, value.minor, value.currency);
  if (value.kind === 'percent') return say('percentOf', { percent: percent(locale, value.basisPoints) });
  if (value.kind === 'points') return say('points', { n: value.points });
  return cleanName(value.kind === 'coupon' ? value.coupon : value.item);
}

/** What is next: so many referrals of so many, as a line and in words. */
export const milestones = ({ h, cleanName }: Kit, wallet: Wallet, language: Language) =>
  h(
    'ul',
    { class: 'milestones numbers' },
    wallet.milestones.map((milestone) => {
      const { rule, name, referrals, reached } = milestone;
      const left = Math.max(0, referrals - reached);
      const value = Math.min(reached, referrals);
      return h(
        'li',
        { key: `${rule} ${referrals}`, class: left ? undefined : 'reached' },
        h(
          'p',
          { class: 'goal' },
          h('bdi', { class: 'name' }, cleanName(name)),
          h('bdi', { class: 'worth' }, worth(milestone, language, cleanName)),
        ),
        h('progress', {
          class: 'meter',
          part: 'progress',
          max: Math.max(1, referrals),
          value,
          'aria-label': cleanName(name),
          style: { '--done': `${(value / Math.max(1, referrals)) * 100}%` },
        }),
        h(
          'p',
          { class: 'muted small' },
          language.say('reached', { reached: value, goal: referrals }),
          ' · ',
          left ? language.say('toGo', { n: left }) : language.say('milestoneDone'),
        ),
      );
    }),
  );
