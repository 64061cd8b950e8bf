import { focusLater } from '../contest/focus.ts';
import type { Kit } from '../kit.ts';
import type { LearningKit } from '../learning/kit.ts';
import { plain } from '../learning/plain.ts';
import type { Speech } from '../learning/speech.ts';
import type { Course } from '../learning/state.ts';
import { hueOf, initials } from '../parts/name.ts';
import { safeImage } from '../parts/safe-url.ts';
import type { Drawn } from '../views/kind.ts';
import type { Catalogue } from './store.ts';
import type { CatalogueKey } from './words.ts';

/** Where a course has a page: the attribute `course-url` with `{course}` filled in. */
const hrefOf = ({ safeUrl }: Kit, { slug }: Course, { read }: Drawn): string | null =>
  safeUrl(read('course-url')?.replaceAll('{course}', encodeURIComponent(slug)), /^https?:$/);

/** Its picture; until there is one, its initials on a colour of its own. */
function cover({ h, cleanName }: Kit, { id, name, imageUrl }: Course) {
  const src = safeImage(imageUrl);
  return h(
    'span',
    { class: 'cover', 'aria-hidden': true, style: { '--hue': `${hueOf(id)}` } },
    h('span', { class: 'letters' }, initials(cleanName(name))),
    src &&
      h('img', {
        key: src,
        src,
        alt: '',
        loading: 'lazy',
        decoding: 'async',
        referrerpolicy: 'no-referrer',
        onError: ({ currentTarget }: Event) => {
          (currentTarget as HTMLElement).hidden = true;
        },
      }),
  );
}

/** A course: what it is, what it takes and costs, how far the visitor is, and the way in. */
export function card(kit: LearningKit, store: Catalogue, course: Course, drawn: Drawn, speech: Speech<CatalogueKey>) {
  const { h, Link, emit, cleanName } = kit;
  const { terms, way } = kit.learning;
  const { say, percent, duration } = speech;
  const { mine, signedIn, groups } = store.state.value;
  const enrolment = mine.get(course.slug) ?? null;
  const learns = enrolment?.state === 'active';
  const name = cleanName(course.name);
  const text = plain(course.description);
  const href = hrefOf(kit, course, drawn);
  const onClick = (event: MouseEvent) => {
    if (!emit(event.currentTarget as Element, 'course', { course: course.slug })) event.preventDefault();
  };
  const before = async (root: ShadowRoot) => {
    const some = await store.readGroups(course.slug);
    if (some) focusLater(root, `#group-${course.id}`);
    return some;
  };
  const facts = [
    course.lessons > 0 && say('lessons', { n: course.lessons }),
    course.minutes > 0 && duration(course.minutes),
    ...(enrolment ? [] : terms(course, speech)),
  ].filter(Boolean);
  const entry =
    !enrolment && !signedIn
      ? null
      : way(
          kit,
          { course, enrolment, cohorts: groups[course.slug] ?? [], signedIn, before },
          store.enrolling,
          drawn,
          speech,
          true,
        );
  return h(
    'li',
    { key: course.id, class: 'entry', part: 'row', 'data-course': course.slug },
    cover(kit, course),
    h(
      'div',
      { class: 'body' },
      h(
        `h${Math.min(6, drawn.heading + 1)}`,
        { class: 'sub', part: 'name' },
        href
          ? h(Link, { href, class: 'whole', part: 'link', onClick }, h('bdi', null, name))
          : h('button', { type: 'button', class: 'whole', part: 'link', onClick }, h('bdi', null, name)),
      ),
      text && h('p', { class: 'small muted lead' }, text),
      h(
        'p',
        { class: 'small terms numbers' },
        facts.map((fact) => h('span', null, fact)),
      ),
      course.tags.length > 0 &&
        h(
          'p',
          { class: 'small muted tags' },
          course.tags.slice(0, 4).map((tag) => h('bdi', { key: tag }, cleanName(tag))),
        ),
      learns &&
        h(
          'div',
          { class: 'own', part: 'progress' },
          h(
            'p',
            { class: 'small strong numbers' },
            say(enrolment.completedAt ? 'completed' : 'enrolled'),
            ` · ${say('percentDone', { percent: percent(enrolment.percent) })}`,
          ),
          h('span', { class: 'bar', 'aria-hidden': true }, h('i', { style: { inlineSize: `${enrolment.percent}%` } })),
        ),
      entry && !learns && h('div', { class: 'above' }, entry),
    ),
  );
}
