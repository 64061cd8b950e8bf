import { field } from '../forms/fields.ts';
import { slugOf } from '../forms/slug.ts';
import { cohortFaults, cohortForm, cohortGiven } from './cohort-form.ts';
import type { Cohort, Course } from './node.ts';
import { button, type CoursePen, formSheet, type Pen, told } from './pen.ts';

async function save({ author, say, announce }: Pen, course: Course): Promise<void> {
  const { cohort } = author.state.peek();
  if (!cohort) return;
  const given = cohortGiven(cohort.form, course.timeZone);
  const faults = cohortFaults(cohort.form, given, say);
  if (Object.keys(faults).length > 0) {
    author.focus('[aria-invalid=true]');
    author.set({ faults, note: { key: 'notSaved', bad: true } });
    return;
  }
  const slug = cohort.form.slug.trim();
  const done = await author.act(async (who, here) => {
    if (cohort.of === 'new') {
      await author.call(who, 'POST /courses/{course}/cohorts')({ course: course.id, slug, ...given });
    } else {
      const reference = { course: course.id, cohort: cohort.of.slug };
      await author.call(who, 'PATCH /courses/{course}/cohorts/{cohort}')({ ...reference, ...given });
    }
    if (!here()) return;
    author.set({ cohort: null });
    author.focus('.told');
  }, 'savedSaid');
  if (!done) return;
  announce(say('savedSaid'));
  await author.readTab();
}

function form(pen: CoursePen, of: Cohort | 'new') {
  const { h, say, author, course, state } = pen;
  const sheet = formSheet(pen, 'cohort', (name) => name === 'slug' && of !== 'new');
  const close = () => {
    author.focus(of === 'new' ? '[data-cohort="new"]' : `[data-cohort="${of.slug}"]`);
    author.set({ cohort: null, faults: {}, note: null });
  };
  const zone = { hint: 'inZone' as const, values: { zone: course.timeZone } };
  return h(
    'form',
    {
      key: `form-${of === 'new' ? 'new' : of.slug}`,
      class: 'ask',
      part: 'form',
      noValidate: true,
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        if (!state.busy) void save(pen, course);
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') close();
      },
    },
    h(
      'p',
      { class: 'subtitle' },
      say(of === 'new' ? 'cohortAdd' : 'cohortEdit', { name: of === 'new' ? '' : of.name }),
    ),
    h(
      'div',
      { class: 'grid' },
      field(sheet, '#/name', 'name', {
        most: 120,
        also: (name) => {
          const now = author.state.peek().cohort;
          if (of === 'new' && now && now.form.slug === slugOf((sheet.form as { name: string }).name)) {
            sheet.edit('#/slug', slugOf(name));
          }
        },
      }),
      of === 'new' && field(sheet, '#/slug', 'slug', { most: 64, hint: 'slugHint', attributes: { dir: 'ltr' } }),
      field(sheet, '#/startsAt', 'startsAt', { as: 'time', optional: true, ...zone }),
      field(sheet, '#/endsAt', 'endsAt', { as: 'time', optional: true }),
      field(sheet, '#/opensAt', 'opensAt', { as: 'time', optional: true, hint: 'enrolHint' }),
      field(sheet, '#/closesAt', 'closesAt', { as: 'time', optional: true }),
      field(sheet, '#/seats', 'seats', { as: 'number', optional: true }),
    ),
    h(
      'div',
      { class: 'acts' },
      h('button', { class: 'button primary', 'aria-disabled': state.busy }, say('save')),
      button(pen, say('cancel'), close, { class: 'button' }),
    ),
  );
}

/** The cohorts of a course: who learns together, and when. */
export function cohorts(pen: CoursePen) {
  const { h, say, date, author, state, course } = pen;
  const all = state.cohorts;
  const edit = (of: Cohort | 'new') => {
    author.focus('.ask [data-at="#/name"]');
    author.set({ cohort: { of, form: cohortForm(of === 'new' ? null : of, course.timeZone) }, faults: {}, note: null });
  };
  const now = state.cohort?.of;
  return h(
    'div',
    { class: 'block', key: 'cohorts' },
    told(pen),
    all?.length === 0 && h('p', { class: 'muted' }, say('cohortsNone')),
    h(
      'ul',
      { class: 'contests', 'aria-busy': !all },
      all?.map((cohort) =>
        h(
          'li',
          { key: cohort.slug, class: 'listed', part: 'row' },
          h(
            'button',
            { type: 'button', class: 'open', 'data-cohort': cohort.slug, onClick: () => edit(cohort) },
            h('bdi', { class: 'name' }, cohort.name),
          ),
          h(
            'span',
            { class: 'badge numbers', part: 'badge' },
            cohort.seats === null
              ? say('learnersN', { n: cohort.learners ?? 0 })
              : say('seatsTaken', { n: cohort.learners ?? 0, seats: cohort.seats }),
          ),
          h(
            'span',
            { class: 'small muted dates' },
            cohort.startsAt
              ? say('starts', { start: date(cohort.startsAt, course.timeZone), zone: course.timeZone })
              : say('noStart'),
          ),
        ),
      ),
    ),
    now
      ? form(pen, now)
      : button(pen, say('cohortAdd'), () => edit('new'), { class: 'button add', 'data-cohort': 'new' }),
  );
}
