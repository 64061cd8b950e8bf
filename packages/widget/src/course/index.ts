import type { Kit } from '../kit.ts';
import { type Holder, holderOf, type LearningKit, withLearning } from '../learning/kit.ts';
import { plain } from '../learning/plain.ts';
import type { Speech } from '../learning/speech.ts';
import type { LearningView } from '../learning/state.ts';
import { around, lessonsOf } from '../learning/tree.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { lessonArea } from './lesson.ts';
import { type CourseStore, createCourse } from './store.ts';
import { type CourseKey, words } from './words.ts';

export { style } from './style.ts';

/** The store of one `<laurel-course>`. */
export const open = (_: Kit, host: Host): Holder<CourseStore> => holderOf(host);

/** The name of the course, and how far or under which terms. */
function head(
  kit: LearningKit,
  { course, progress, enrolment }: LearningView,
  drawn: Drawn,
  speech: Speech<CourseKey>,
) {
  const { h, title, cleanName } = kit;
  const { ring, terms } = kit.learning;
  const { say, percent, duration } = speech;
  const facts = [
    course.lessons > 0 && say('lessons', { n: course.lessons }),
    course.minutes > 0 && duration(course.minutes),
    ...(enrolment ? [] : terms(course, speech)),
  ].filter(Boolean);
  return h(
    'header',
    { class: 'coursehead' },
    progress && h('div', { class: 'small-dial', part: 'progress' }, ring(kit, progress.percent)),
    h(
      'div',
      { class: 'about' },
      title(drawn.heading, cleanName(course.name)),
      progress
        ? h(
            'p',
            { class: 'small muted numbers' },
            `${say('percentDone', { percent: percent(progress.percent) })} · ${say('lessonsDone', { done: progress.lessonsDone, n: progress.lessons })}`,
          )
        : h(
            'p',
            { class: 'small muted terms numbers' },
            facts.map((fact) => h('span', null, fact)),
          ),
    ),
  );
}

/** The whole element: the contents beside the lesson, below each other where there is no room. */
export function view(given: Kit, holder: Holder<CourseStore>, drawn: Drawn) {
  const kit = withLearning(given);
  if (!kit) return kit;
  const store = holder.store ?? createCourse(kit, holder.host);
  holder.store = store;
  const { h, cleanName } = kit;
  const { outline, speechOf, way } = kit.learning;
  const { view, failed, offline } = store.learning.state.value;
  if (!view) return failed ? null : undefined;
  const speech = speechOf<CourseKey>(kit, drawn.language, 'course', words);
  if (!speech) return undefined;
  const { say, time } = speech;
  store.tell = (lesson, far) => {
    drawn.say(say('doneSaid', { title: cleanName(lesson), percent: speech.percent(far) }));
  };
  const { lesson, turned, contents } = store.place.value;
  const { course, outline: tree, enrolment, progress } = view;
  const nodes = tree?.nodes ?? [];
  const learns = enrolment?.state === 'active';
  const about = plain(course.description);
  const units = around(nodes, lesson ?? progress?.next?.lesson);
  const top = nodes.find(({ type }) => type === 'unit')?.id;
  const list = outline(
    kit,
    {
      id: 'c',
      nodes,
      learns,
      current: learns ? lesson : null,
      isOpen: (unit) => store.place.peek().turned[unit] ?? (units.includes(unit) || (!learns && unit === top)),
      toggle: (unit, to) => store.set({ turned: { ...turned, [unit]: to } }),
      choose: (each) => learns && store.choose(each),
      hrefOf: () => null,
    },
    speech,
  );
  return h(
    'section',
    { class: `card learn course${learns ? ' learns' : ''}`, part: 'card', 'aria-label': cleanName(course.name) },
    offline && h('p', { class: 'note small', part: 'error' }, h('span', null, say('offline', { time: time(view.at) }))),
    head(kit, view, drawn, speech),
    !learns && about && h('p', { class: 'abstract' }, about),
    !learns && way(kit, view, store.enrolling, drawn, speech),
    lessonsOf(nodes).length === 0
      ? h('p', { class: 'muted' }, say('empty'))
      : h(
          'div',
          { class: 'sides' },
          h(
            'nav',
            { class: `side${contents || !learns ? ' shown' : ''}`, 'aria-label': say('contents') },
            learns &&
              h(
                'button',
                {
                  type: 'button',
                  class: 'button fold-contents',
                  'aria-expanded': contents,
                  'aria-controls': 'contents',
                  onClick: () => store.set({ contents: !contents }),
                },
                say('contents'),
              ),
            h('div', { id: 'contents', class: 'list' }, list),
          ),
          learns && lessonArea(kit, store, view, drawn, speech),
        ),
  );
}

/** Opens the first lesson, moves the focus to a chosen one, and lets the player draw. */
export function drawn({ store }: Holder<CourseStore>, root: ShadowRoot): void {
  store?.arrive(root);
}
