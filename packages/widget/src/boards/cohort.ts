import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { BoardsStore, Cohort } from './store.ts';

/** Which division and group, who goes up and down, and after the period what became of the visitor; the period before at a button. */
export function cohort({ h, cleanName }: Kit, store: BoardsStore, cohort: Cohort, { say, number }: Language) {
  const { before } = store.state.value;
  const zones = cohort
    ? [
        cohort.promote > 0 && say('zoneUp', { n: cohort.promote }),
        cohort.demote > 0 && say('zoneDown', { n: cohort.demote }),
      ].filter(Boolean)
    : [];
  const turn = (to: boolean) =>
    h(
      'button',
      {
        key: `${to}`,
        type: 'button',
        class: 'tab',
        part: 'tab',
        'aria-pressed': before === to,
        onClick: () => store.turn(to),
      },
      say(to ? 'beforePeriod' : 'thisPeriod'),
    );
  return h(
    'div',
    { class: 'cohort' },
    h('div', { class: 'tabs', role: 'group', 'aria-label': say('boardCohort') }, turn(false), turn(true)),
    cohort &&
      h(
        'p',
        { class: 'place' },
        h('span', null, say('division', { division: cleanName(cohort.division), number: number(cohort.number) })),
        h('span', { class: 'muted' }, zones.join(' · ')),
      ),
    cohort?.outcome && h('p', { class: 'strong' }, say(`outcome_${cohort.outcome}`)),
  );
}
