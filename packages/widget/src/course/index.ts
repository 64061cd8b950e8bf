import { terms, way } from '../enrolling/panel.ts';
import type { Kit } from '../kit.ts';
import { outline } from '../learning/outline.ts';
import { ring } from '../learning/ring.ts';
import { speechOf } from '../learning/speech.ts';
import type { LearningView } from '../learning/state.ts';
import { around, lessonsOf } from '../learning/tree.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { lessonArea } from './lesson.ts';
import { stageDrawn } from './stage.ts';
import { type CourseStore, createCourse } from './store.ts';
import { type CourseKey, words } from './words.ts';

export { style } from './style.ts';

const speak = speechOf<CourseKey>(words);
const kits = new WeakMap<CourseStore, Kit>();

/** The store of one `<laurel-course>`. */
export function open(kit: Kit, host: Host): CourseStore {
  const store = createCourse(kit, host);
  kits.set(store, kit);
  store.whenDone((title, far) => {
    const { say, percent } = speak(host.language());
    host.say(say('doneSaid', { title: kit.cleanName(title), percent: percent(far) }));
  });
  return store;
}

/** The name of the course, and how far or under which terms. */
function head(kit: Kit, { course, progress, enrolment }: LearningView, drawn: Drawn) {
  const { h, title, cleanName } = kit;
  const speech = speak(drawn.language);
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
export function view(kit: Kit, store: CourseStore, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { view, failed, offline } = store.learning.state.value;
  if (!view) return failed ? null : undefined;
  const speech = speak(drawn.language);
  const { say, time } = speech;
  const { lesson, turned, contents } = store.place.value;
  const { course, outline: tree, enrolment, progress } = view;
  const nodes = tree?.nodes ?? [];
  const learns = enrolment?.state === 'active';
  const units = around(nodes, lesson ?? progress?.next?.lesson);
  const top = nodes.find(({ type }) => type === 'unit')?.id;
  const list = outline(
    kit,
    {
      id: 'c',
      nodes,
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
    head(kit, view, drawn),
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
export function drawn(store: CourseStore, root: ShadowRoot): void {
  store.arrive(root);
  const kit = kits.get(store);
  if (kit) stageDrawn(kit, store, root);
}
