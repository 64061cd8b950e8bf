import type { Kit } from '../kit.ts';
import type { LearningKit } from '../learning/kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { LearningView, Node } from '../learning/state.ts';
import type { Drawn } from '../views/kind.ts';
import { blocks } from './blocks.ts';
import { stage, trouble } from './stage.ts';
import type { CourseStore, Lesson } from './store.ts';
import { todo } from './todo.ts';
import type { CourseKey } from './words.ts';

/** Why there is nothing to read, and what can be done. */
function nothing(kit: LearningKit, store: CourseStore, node: Node | undefined, speech: Speech<CourseKey>) {
  const { h } = kit;
  const { say } = speech;
  const { problem } = store.place.value;
  if (problem === 'gone') return trouble(kit, say('gone'));
  if (problem === 'locked' || node?.state === 'locked') {
    const why = node && kit.learning.lockWords(kit, node, speech);
    return trouble(kit, [say('lockedNow'), why].filter(Boolean).join('. '));
  }
  if (problem !== 'failed') return h('div', { class: 'waits text', 'aria-busy': true });
  return h(
    'div',
    { class: 'panel', part: 'error' },
    h('p', null, say('failed')),
    h('p', null, h('button', { type: 'button', class: 'button', onClick: () => void store.refresh() }, say('again'))),
  );
}

/** Whether the learner may say by themself that it is done, and what became of that. */
function marking({ h, icon }: Kit, store: CourseStore, lesson: Lesson, { say, date }: Speech<CourseKey>) {
  const { marking: busy, notMarked } = store.place.value;
  if (lesson.state === 'done') {
    return h(
      'p',
      { class: 'isdone', tabIndex: -1, part: 'done' },
      h('span', { class: 'mark', 'aria-hidden': true }, icon('M5 12.5 10 17.5 19 7')),
      h('span', null, lesson.completedAt ? say('doneOn', { date: date(lesson.completedAt) }) : say('state_done')),
    );
  }
  if (!lesson.todo.some(({ kind, by }) => kind === 'manual' && by !== 'staff')) return null;
  return h(
    'div',
    { class: 'marking' },
    h(
      'button',
      {
        type: 'button',
        class: 'button primary',
        part: 'mark-done',
        'aria-disabled': busy,
        onClick: () => void store.markDone(),
      },
      say(busy ? 'busy' : 'markDone'),
    ),
    notMarked === 'kept' && h('p', { class: 'small muted', role: 'status' }, say(notMarked)),
    notMarked && notMarked !== 'kept' && h('p', { class: 'small wrong', part: 'error', role: 'alert' }, say(notMarked)),
  );
}

/** The lessons before and after. */
function ways(kit: LearningKit, store: CourseStore, nodes: readonly Node[], lesson: Lesson, speech: Speech<CourseKey>) {
  const { h, cleanName, icon } = kit;
  const button = (id: string | null, word: 'previous' | 'next') => {
    const node = nodes.find((each) => each.id === id);
    if (!id || !node) return null;
    const why = kit.learning.lockWords(kit, node, speech);
    return h(
      'button',
      {
        type: 'button',
        class: `button way-${word}`,
        part: word,
        'aria-disabled': !!why,
        onClick: () => why || store.choose(id),
      },
      h('span', { class: 'arrow', 'aria-hidden': true }, icon('M9 6l6 6-6 6')),
      h(
        'span',
        { class: 'whither' },
        h('span', { class: 'small muted' }, speech.say(word)),
        h('bdi', null, cleanName(node.title)),
        why && h('span', { class: 'small muted' }, why),
      ),
    );
  };
  return h('div', { class: 'ways' }, button(lesson.previous, 'previous'), button(lesson.next, 'next'));
}

/** The lesson somebody is at: its title, what it is, what is left to do, and where to go from there. */
export function lessonArea(
  kit: LearningKit,
  store: CourseStore,
  view: LearningView,
  drawn: Drawn,
  speech: Speech<CourseKey>,
) {
  const { h, cleanName } = kit;
  const { say, duration, date } = speech;
  const { lesson: id, page } = store.place.value;
  const nodes = view.outline?.nodes ?? [];
  const node = nodes.find((each) => each.id === id);
  if (!id) return null;
  const { progress } = view;
  const level = Math.min(6, drawn.heading + 1);
  const lesson = page?.id === id ? page : null;
  const title = cleanName(lesson?.title ?? node?.title ?? '');
  const kind = lesson?.kind ?? node?.kind ?? 'page';
  const minutes = lesson ? lesson.minutes : (node?.minutes ?? null);
  const parent = nodes.find((each) => each.id === node?.parent);
  const finished = progress?.completedAt && !lesson?.next;
  return h(
    'article',
    { class: 'lessonpage', key: id, part: 'lesson-page' },
    h(
      'header',
      { class: 'lessonhead' },
      h(
        'p',
        { class: 'small muted numbers' },
        [
          parent && [parent.label, parent.title].filter(Boolean).join(' '),
          say(`kind_${kind}`),
          minutes !== null && duration(minutes),
          node?.required === false && say('optional'),
        ]
          .filter(Boolean)
          .map((part, at) => [at > 0 && ' · ', h('bdi', { key: at }, part)]),
      ),
      h(`h${level}`, { class: 'lessontitle', tabIndex: -1, 'data-lesson': id }, h('bdi', null, title)),
      lesson?.summary && h('p', { class: 'muted' }, lesson.summary),
    ),
    lesson ? stage(kit, store, lesson, drawn, speech) : nothing(kit, store, node, speech),
    lesson &&
      lesson.blocks.length > 0 &&
      h(
        'div',
        { class: 'lessontext', part: 'text' },
        blocks(
          {
            kit,
            heading: level,
            openLesson: store.choose,
            words: { table: say('table'), code: say('code'), ticked: say('ticked'), unticked: say('unticked') },
          },
          lesson.blocks,
        ),
      ),
    lesson &&
      (kind === 'quiz' || kind === 'assignment') &&
      lesson.state !== 'done' &&
      !lesson.url &&
      h('p', { class: 'small muted' }, say('elsewhere')),
    lesson && lesson.state !== 'done' && todo(kit, lesson, speech, Math.min(6, level + 1)),
    lesson && marking(kit, store, lesson, speech),
    finished &&
      progress?.completedAt &&
      h('p', { class: 'note finish' }, h('span', null, say('finishedOn', { date: date(progress.completedAt) }))),
    lesson && ways(kit, store, nodes, lesson, speech),
  );
}
