import type { Migration } from './node.ts';
import type { CoursePen } from './pen.ts';
import type { AuthorState } from './state.ts';

const choices = ['keep', 'require', 'credit'] as const;

/** Asks what publishing would do to those who are learning, and shows it. */
export async function askPublish(pen: CoursePen): Promise<void> {
  const { author, course } = pen;
  await author.autosave.save();
  if (!author.isOpen(course.id)) return;
  const { saving } = author.state.peek();
  if (saving !== 'saved') {
    author.focus('.told');
    author.set({ note: { key: 'publishUnsaved', bad: true } });
    return;
  }
  author.set({ migration: null, choice: 'keep', note: null });
  const read = await author.act(async (who, here) => {
    const migration = await author.read(who, 'GET /courses/{course}/draft/preview')({ course: course.id });
    // Nobody asks any more where it was closed.
    if (here() && author.state.peek().migration === null) author.set({ migration });
  });
  if (read === false) author.set({ migration: undefined });
}

async function publish(pen: CoursePen, { revision }: Migration, form: HTMLFormElement): Promise<void> {
  const { author, course, say, announce } = pen;
  const { choice } = author.state.peek();
  const note = (form.elements.namedItem('note') as HTMLTextAreaElement).value.trim() || null;
  let version = 0;
  const done = await author.act(async (who, here) => {
    const given = { course: course.id, revision, learners: choice, note };
    ({ version } = await author.call(who, 'POST /courses/{course}/publish')(given));
    const published = await author.call(who, 'GET /courses/{course}')({ course: course.id });
    if (here()) author.set({ open: published });
  });
  if (done === null) return;
  author.focus('.told');
  const said = { key: 'publishedSaid', bad: false, values: { n: version } } as const;
  author.set({ migration: undefined, ...(done && { note: said }) });
  if (done) announce(say('publishedSaid', { n: version }));
  else if (author.state.peek().saving === 'saved') void author.autosave.read();
}

/** What would change for whom, in words. */
function effects({ h, say, number }: CoursePen, migration: Migration) {
  const { learners, fallBelowDone, fall, rise, stay, missing } = migration;
  if (learners === 0) return h('p', null, say('nobodyLearns'));
  return [
    h(
      'p',
      { key: 'below', class: fallBelowDone ? 'warn verdict' : 'verdict' },
      fallBelowDone ? say('fallBelow', { n: fallBelowDone }) : say('nobodyFalls'),
    ),
    h(
      'dl',
      { key: 'numbers', class: 'effects' },
      (
        [
          ['effectAll', learners],
          ['effectFall', fall],
          ['effectRise', rise],
          ['effectStay', stay],
        ] as const
      ).map(([word, n]) => h('div', { key: word }, h('dt', null, say(word)), h('dd', { class: 'numbers' }, number(n)))),
    ),
    missing.length > 0 &&
      h(
        'div',
        { key: 'missing' },
        h('p', { class: 'small muted' }, say('missing')),
        h(
          'ul',
          { class: 'missing' },
          missing.map(({ lesson, title, learners: n }) =>
            h(
              'li',
              { key: lesson },
              h('bdi', null, title),
              h('span', { class: 'muted small numbers' }, say('lacking', { n })),
            ),
          ),
        ),
      ),
  ];
}

/** What is another in the draft, as a line. */
function changed({ say }: CoursePen, { added, removed, changed: other }: Migration): string {
  const parts = [
    added.length > 0 && say('nAdded', { n: added.length }),
    removed.length > 0 && say('nRemoved', { n: removed.length }),
    other.length > 0 && say('nChanged', { n: other.length }),
  ].filter((part): part is string => !!part);
  return parts.length > 0 ? parts.join(' · ') : say('nothingChanged');
}

/** What the draft has again that a version had before, by its titles. */
const cameBack = ({ say, state }: CoursePen, { returned }: Migration): string =>
  say('returned', {
    n: returned.length,
    titles: returned.map((id) => state.nodes?.find((node) => node.id === id)?.title || id).join(', '),
  });

function question(pen: CoursePen, migration: Migration, { choice, busy }: AuthorState, close: () => void) {
  const { h, say, author } = pen;
  return h(
    'form',
    {
      class: 'block',
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        if (!busy) void publish(pen, migration, event.currentTarget as HTMLFormElement);
      },
    },
    h('p', { class: 'muted' }, changed(pen, migration)),
    migration.returned.length > 0 && h('p', { class: 'returned' }, cameBack(pen, migration)),
    effects(pen, migration),
    migration.learners > 0 &&
      h(
        'fieldset',
        { class: 'f choose' },
        h('legend', null, say('migrate')),
        choices.map((each) =>
          h(
            'label',
            { key: each, class: 'tick' },
            h('input', {
              type: 'radio',
              name: 'learners',
              value: each,
              checked: each === choice,
              onChange: () => author.set({ choice: each }),
            }),
            h(
              'span',
              null,
              h('b', null, say(`migrate_${each}`)),
              h('span', { class: 'small muted' }, say(`migrate_${each}_is`, { n: migration.fallBelowDone })),
            ),
          ),
        ),
      ),
    h(
      'div',
      { class: 'f' },
      h('label', { for: 'publish-note' }, say('versionNote'), ' ', h('span', { class: 'muted' }, say('optional'))),
      h('textarea', { id: 'publish-note', name: 'note', class: 'input', rows: 2, maxLength: 500, dir: 'auto' }),
    ),
    h(
      'div',
      { class: 'acts' },
      h(
        'button',
        { class: 'button primary', 'aria-disabled': busy },
        say('publishNow', { n: (pen.course.version ?? 0) + 1 }),
      ),
      h('button', { type: 'button', class: 'button', onClick: close }, say('cancel')),
    ),
  );
}

/** The dialogue before a version is published. */
export function publishing(pen: CoursePen) {
  const { h, say, state, author, heading } = pen;
  const { migration } = state;
  if (migration === undefined) return null;
  const close = () => {
    author.focus('.publish');
    author.set({ migration: undefined });
  };
  return h(
    'dialog',
    {
      key: 'publishing',
      class: 'dialogue',
      part: 'dialog',
      'aria-labelledby': 'publish-title',
      onCancel: (event: Event) => {
        event.preventDefault();
        close();
      },
    },
    h(`h${heading}`, { class: 'title', id: 'publish-title', tabIndex: -1 }, say('publishTitle')),
    migration
      ? question(pen, migration, state, close)
      : h('p', { class: 'muted', 'aria-busy': true }, say('reckoning')),
  );
}
