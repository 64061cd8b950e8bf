import type { Course } from './node.ts';
import { button, type Pen, told } from './pen.ts';

function row({ h, say, author }: Pen, course: Course) {
  const { id, name, state, lessons, minutes, tags } = course;
  const facts = [
    say('lessonsN', { n: lessons }),
    minutes > 0 && say('hoursN', { n: Math.max(1, Math.round(minutes / 60)) }),
    ...tags.slice(0, 3),
  ].filter((fact): fact is string => !!fact);
  return h(
    'li',
    { key: id, part: 'row', class: 'listed' },
    h(
      'button',
      { type: 'button', class: 'open', 'data-course': id, onClick: () => author.open(course) },
      h('bdi', { class: 'name' }, name),
    ),
    h('span', { class: `badge st_${state}`, part: 'badge' }, say(`state_${state}`)),
    h('span', { class: 'small muted dates' }, h('bdi', null, facts.join(' · '))),
  );
}

/** The courses there are, drafts too; where they are not all in sight, one may be opened by its slug. */
export function list(pen: Pen) {
  const { h, say, author, state, heading } = pen;
  const { courses, nextCursor, failed } = state;
  return [
    h(
      'div',
      { class: 'head', key: 'head' },
      h(`h${heading - 1}`, { class: 'title', part: 'title', tabIndex: -1 }, say('courses')),
      h('button', { type: 'button', class: 'button primary new', onClick: () => author.open('new') }, say('new')),
    ),
    failed &&
      h(
        'p',
        { class: 'note', part: 'error', role: 'alert', key: 'failed' },
        say('notRead'),
        ' ',
        button(pen, say('again'), author.reload),
      ),
    told(pen),
    !courses && h('p', { class: 'muted hollow', key: 'reading' }, say('working')),
    courses?.length === 0 && !failed && h('p', { class: 'muted hollow', key: 'none' }, say('none')),
    h(
      'ul',
      { class: 'contests', key: 'list', 'aria-busy': !courses },
      courses?.map((course) => row(pen, course)),
    ),
    nextCursor && button(pen, say('more'), author.more, { key: 'more', class: 'button' }),
    (nextCursor || failed) &&
      h(
        'form',
        {
          key: 'by',
          class: 'acts by',
          onSubmit: (event: SubmitEvent) => {
            event.preventDefault();
            const form = event.currentTarget as HTMLFormElement;
            const slug = (form.elements.namedItem('slug') as HTMLInputElement).value.trim();
            if (slug) void author.openBy(slug, false);
          },
        },
        h('label', { class: 'small muted', for: 'by-slug' }, say('openBySlug')),
        h('input', { id: 'by-slug', name: 'slug', class: 'input', dir: 'ltr', autocomplete: 'off', maxLength: 64 }),
        h('button', { class: 'button small' }, say('openIt')),
      ),
  ];
}
