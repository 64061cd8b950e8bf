import { fetchAs, handOver } from '../forms/save-file.ts';
import { difference } from './merge.ts';
import type { Converted } from './node.ts';
import { button, type CoursePen, told } from './pen.ts';
import { inOrder } from './tree.ts';

const formats = {
  json: ['.json', 'application/json', '.json,application/json'],
  markdown: ['.zip', 'application/zip', '.zip,application/zip'],
  imscc: ['.imscc', 'application/zip', '.imscc,.zip'],
} as const;
type Format = keyof typeof formats;

async function take(pen: CoursePen, file: File): Promise<void> {
  const { author } = pen;
  const end = file.name.toLowerCase();
  const format: Format = end.endsWith('.json') ? 'json' : end.endsWith('.imscc') ? 'imscc' : 'markdown';
  await author.act(async (who, here) => {
    const answer = await fetchAs(who, `/courses/convert?format=${format}`, {
      method: 'POST',
      body: file,
      headers: { 'content-type': formats[format][1] },
    });
    const read = (await answer.json()) as Converted;
    if (!here()) return;
    author.focus('.converted');
    author.set({ converted: { name: file.name, read } });
  });
}

async function save({ author, course }: CoursePen, format: Format): Promise<void> {
  await author.act(async (who) => {
    const answer = await fetchAs(who, `/courses/${encodeURIComponent(course.id)}/export/${format}`);
    handOver(await answer.blob(), `${course.slug}${formats[format][0]}`);
  }, 'fileSaid');
}

/** What was read of a file: what could not be taken over comes first. */
function report(pen: CoursePen, { name, read }: { name: string; read: Converted }) {
  const { h, say, author, nodes } = pen;
  const { added, removed, changed } = difference(nodes, read.nodes);
  return h(
    'section',
    { class: 'ask converted', tabIndex: -1, 'aria-label': say('readOf', { name }) },
    h('p', { class: 'subtitle' }, say('readOf', { name })),
    h('p', null, say('readWhat', { n: read.nodes.filter(({ type }) => type === 'lesson').length })),
    read.notes.length > 0
      ? [
          h('p', { class: 'warn' }, say('notTaken', { n: read.notes.length })),
          h(
            'ul',
            { class: 'missing' },
            read.notes.map(({ where, detail }, place) =>
              h('li', { key: place }, h('span', null, detail), h('code', { class: 'small muted', dir: 'ltr' }, where)),
            ),
          ),
        ]
      : h('p', { class: 'muted' }, say('allTaken')),
    nodes.length > 0 &&
      h('p', null, say('wouldReplace', { added: added.length, removed: removed.length, changed: changed.length })),
    h(
      'div',
      { class: 'acts' },
      button(
        pen,
        say('intoDraft'),
        () => {
          author.renew();
          author.set({ tab: 'content', converted: null });
          author.change(inOrder(read.nodes), { selected: null, undo: null });
          author.set({ note: { key: 'takenSaid', bad: false } });
          author.focus('.told');
        },
        { class: 'button primary' },
      ),
      button(pen, say('cancel'), () => author.set({ converted: null }), { class: 'button' }),
    ),
  );
}

/** What was published when, and how a course is brought in and taken out. */
export function versions(pen: CoursePen) {
  const { h, say, date, author, state, heading, course } = pen;
  const all = state.versions;
  const sub = (word: 'versionsTitle' | 'importTitle' | 'exportTitle') =>
    h(`h${heading}`, { class: 'subtitle', key: word }, say(word));
  return h(
    'div',
    { class: 'run', key: 'versions' },
    told(pen),
    h(
      'section',
      { class: 'block' },
      sub('versionsTitle'),
      all?.length === 0 && h('p', { class: 'muted' }, say('versionsNone')),
      h(
        'ol',
        { class: 'events', 'aria-busy': !all },
        all?.map(({ version, note, lessons, learners, publishedAt }) =>
          h(
            'li',
            { key: version },
            h(
              'span',
              { class: 'acts' },
              h('b', null, say('versionN', { n: version })),
              version === course.version && h('span', { class: 'badge st_live' }, say('current')),
            ),
            note && h('q', { dir: 'auto' }, note),
            h(
              'span',
              { class: 'small muted numbers' },
              [date(publishedAt), say('lessonsN', { n: lessons }), say('learnersN', { n: learners })].join(' · '),
            ),
          ),
        ),
      ),
    ),
    h(
      'section',
      { class: 'block' },
      sub('importTitle'),
      h('p', { class: 'muted small' }, say('importHint')),
      state.converted
        ? report(pen, state.converted)
        : h(
            'label',
            { class: 'dropfile' },
            h('span', { class: 'button' }, say('pickFile')),
            h('input', {
              type: 'file',
              class: 'file',
              accept: Object.values(formats)
                .map(([, , accept]) => accept)
                .join(),
              disabled: state.busy,
              onChange: ({ currentTarget }: Event) => {
                const input = currentTarget as HTMLInputElement;
                const [file] = input.files ?? [];
                input.value = '';
                if (file) void take(pen, file);
              },
            }),
          ),
    ),
    h(
      'section',
      { class: 'block' },
      sub('exportTitle'),
      h('p', { class: 'muted small' }, say(course.version === null ? 'exportDraft' : 'exportLatest')),
      h(
        'div',
        { class: 'acts' },
        (Object.keys(formats) as Format[]).map((format) =>
          button(pen, say(`export_${format}`), () => void save(pen, format), { key: format }),
        ),
      ),
    ),
    author.state.value.busy && h('p', { class: 'small muted', key: 'busy' }, say('working')),
  );
}
