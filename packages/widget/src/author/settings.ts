import { choose, field, pick, tick } from '../forms/fields.ts';
import type { Sheet } from '../forms/sheet.ts';
import { slugOf } from '../forms/slug.ts';
import { type CourseGiven, courseChanges, courseFaults, courseForm, courseGiven } from './course-form.ts';
import type { Course } from './node.ts';
import { formSheet, type Pen, told } from './pen.ts';
import type { AuthorKey } from './words.ts';

/** Makes a course, which begins as a draft, and opens it. */
async function make({ author, say, announce }: Pen, given: CourseGiven): Promise<void> {
  let made: Course | undefined;
  await author.act(async (who, here) => {
    const course = await author.call(who, 'POST /courses')(given);
    if (here()) made = course;
    else if (!author.state.peek().open) author.reload();
  });
  if (!made) return;
  author.open(made);
  author.set({ note: { key: 'madeSaid', bad: false } });
  announce(say('madeSaid'));
}

/** Saves the settings. */
async function save(pen: Pen, course: Course | 'new'): Promise<void> {
  const { author, say, announce } = pen;
  const { form } = author.state.peek();
  if (!form) return;
  const given = courseGiven(form);
  const faults = courseFaults(given, say);
  if (Object.keys(faults).length > 0) {
    author.focus('[aria-invalid=true], .wrong[tabindex]');
    author.set({ faults, note: { key: 'notSaved', bad: true } });
    return;
  }
  if (course === 'new') return make(pen, given);
  const changes = courseChanges(course, form);
  const done = await author.act(async (who) => {
    const saved =
      Object.keys(changes).length > 0
        ? await author.call(who, 'PATCH /courses/{course}')({ course: course.id, ...changes })
        : course;
    if (author.take(saved, form)) author.focus('.told');
  }, 'savedSaid');
  if (done) announce(say('savedSaid'));
}

/** Takes a course out of the catalogue, or back into it. */
async function turn({ author }: Pen, course: Course): Promise<void> {
  const state = course.state === 'archived' ? 'published' : 'archived';
  await author.act(
    async (who) => {
      const turned = await author.call(who, 'PATCH /courses/{course}')({ course: course.id, state });
      if (author.take(turned)) author.focus('.told');
    },
    state === 'archived' ? 'archivedSaid' : 'unarchivedSaid',
  );
}

function section(pen: Pen, title: AuthorKey, isOpen: boolean, ...children: unknown[]) {
  const { h, say, heading } = pen;
  return h(
    'details',
    { key: title, class: 'part', open: isOpen },
    h('summary', null, h(`h${heading}`, { class: 'subtitle' }, say(title))),
    h('div', { class: 'grid' }, children as never),
  );
}

function fields(pen: Pen, sheet: Sheet<AuthorKey>, course: Course | 'new') {
  const { author, say, h } = pen;
  const isNew = course === 'new';
  const zones = Intl.supportedValuesOf?.('timeZone') ?? [];
  return [
    section(
      pen,
      'partWhat',
      true,
      field(sheet, '#/name', 'name', {
        most: 160,
        wide: true,
        also: (name) => {
          const { form, open } = author.state.peek();
          // The slug follows the name until somebody types one.
          if (open === 'new' && form && form.slug === slugOf((sheet.form as { name: string }).name)) {
            sheet.edit('#/slug', slugOf(name));
          }
        },
      }),
      isNew &&
        field(sheet, '#/slug', 'slug', { most: 64, hint: 'slugHint', attributes: { dir: 'ltr', spellcheck: false } }),
      field(sheet, '#/description', 'description', { as: 'area', most: 5000, optional: true, hint: 'descriptionHint' }),
      field(sheet, '#/language', 'language', { most: 35, hint: 'languageHint', attributes: { dir: 'ltr' } }),
      field(sheet, '#/tags', 'tags', { optional: true, hint: 'tagsHint' }),
      field(sheet, '#/imageUrl', 'imageUrl', { as: 'url', most: 2000, optional: true, wide: true }),
    ),
    section(
      pen,
      'partWhen',
      true,
      field(sheet, '#/startsAt', 'startsAt', { as: 'time', optional: true }),
      field(sheet, '#/endsAt', 'endsAt', { as: 'time', optional: true }),
      field(sheet, '#/timeZone', 'timeZone', {
        hint: 'timeZoneHint',
        attributes: { list: 'zones', dir: 'ltr', spellcheck: false },
      }),
      h(
        'datalist',
        { id: 'zones' },
        zones.map((zone) => h('option', { key: zone, value: zone })),
      ),
      pick(sheet, '#/dripZone', 'dripZone', 'drip', ['course', 'learner']),
      tick(sheet, '#/sequential', 'sequential', 'sequentialHint'),
    ),
    section(
      pen,
      'partWho',
      isNew,
      choose(sheet, '#/access', 'access', 'access', ['open', 'invited']),
      field(sheet, '#/seats', 'seats', { as: 'number', optional: true }),
      tick(sheet, '#/waitingList', 'waitingList'),
      tick(sheet, '#/listed', 'listed'),
    ),
    section(
      pen,
      'partPrice',
      false,
      field(sheet, '#/price', 'price', {
        as: 'number',
        optional: true,
        hint: 'priceHint',
        attributes: { inputMode: 'decimal' },
      }),
      field(sheet, '#/currency', 'currency', { most: 3, attributes: { dir: 'ltr', list: 'currencies' } }),
      h(
        'datalist',
        { id: 'currencies' },
        ['EUR', 'USD', 'GBP', 'BRL', 'MXN', 'JPY'].map((each) => h('option', { key: each, value: each })),
      ),
      field(sheet, '#/program', 'program', { optional: true, hint: 'programHint', attributes: { dir: 'ltr' } }),
    ),
    !isNew &&
      h(
        'p',
        { class: 'small muted', key: 'slug' },
        say('slug'),
        ' ',
        h('code', { dir: 'ltr' }, course.slug),
        ` ${say('slugFixed', { zone: say('slug') })}`,
      ),
  ];
}

/** The settings of a course; they hold at once, apart from the curriculum. */
export function settings(pen: Pen, course: Course | 'new') {
  const { h, say, author, state } = pen;
  const sheet = formSheet(pen, 'form', () => false);
  const drawn = fields(pen, sheet, course);
  const rest = Object.entries(state.faults).flatMap(([at, detail]) =>
    sheet.drawn.has(at) ? [] : [`${at.slice(2)}: ${detail}`],
  );
  const isDirty = course !== 'new' && state.form && Object.keys(courseChanges(course, state.form)).length > 0;
  return h(
    'form',
    {
      key: `settings-${author.self.generation}`,
      class: 'settings',
      part: 'form',
      noValidate: true,
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        if (!state.busy) void save(pen, course);
      },
    },
    drawn,
    h(
      'div',
      { class: 'savebar', part: 'footer', key: 'bar' },
      told(pen, rest),
      h(
        'div',
        { class: 'acts' },
        h('button', { class: 'button primary', 'aria-disabled': state.busy }, say(course === 'new' ? 'make' : 'save')),
        isDirty &&
          h(
            'button',
            {
              type: 'button',
              class: 'button',
              onClick: () => {
                author.renew();
                author.set({ form: courseForm(course), faults: {}, note: null });
              },
            },
            say('discard'),
          ),
        course !== 'new' &&
          course.version !== null &&
          h(
            'button',
            { type: 'button', class: 'button', 'aria-disabled': state.busy, onClick: () => void turn(pen, course) },
            say(course.state === 'archived' ? 'unarchive' : 'archive'),
          ),
      ),
    ),
  );
}
