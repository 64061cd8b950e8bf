import type { Kit } from '../kit.ts';
import { type Holder, holderOf, type LearningKit, withLearning } from '../learning/kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { LearningView } from '../learning/state.ts';
import { around, lessonsOf } from '../learning/tree.ts';
import { wreath } from '../podium/wreath.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { board } from './board.ts';
import { celebrated, celebrates } from './celebrate.ts';
import { follow, hrefOf } from './follow.ts';
import { createProgress, type ProgressStore } from './store.ts';
import { streak } from './streak.ts';
import { type ProgressKey, words } from './words.ts';

export { style } from './style.ts';

const check = 'M5 12.5 10 17.5 19 7';

/** The store of one `<laurel-progress>`. */
export const open = (_: Kit, host: Host): Holder<ProgressStore> => holderOf(host);

/** How far, as a ring and in words; once all is done, so. */
function head(kit: LearningKit, view: LearningView, drawn: Drawn, speech: Speech<ProgressKey>) {
  const { h, icon, title, cleanName } = kit;
  const { course, progress } = view;
  const { ring, terms } = kit.learning;
  const { say, percent, date, duration } = speech;
  const name = cleanName(course.name);
  if (!progress || progress.lessons === 0) {
    const facts = [
      course.lessons > 0 && say('lessons', { n: course.lessons }),
      course.minutes > 0 && duration(course.minutes),
      ...(view.enrolment ? [] : terms(course, speech)),
    ].filter(Boolean);
    return h(
      'div',
      { class: 'about' },
      title(drawn.heading, name),
      h(
        'p',
        { class: 'small muted terms numbers' },
        facts.map((fact) => h('span', null, fact)),
      ),
    );
  }
  const done = !!progress.completedAt;
  const first = celebrates(view);
  return h(
    'div',
    { class: `how${done ? ' finished' : ''}${first ? ' first' : ''}`, part: done ? 'finished' : undefined },
    h(
      'div',
      { class: 'dial', part: 'progress' },
      done && h('span', { class: 'wreath', 'aria-hidden': true }, icon(wreath)),
      ring(kit, progress.percent),
      h('span', { class: 'inside numbers', 'aria-hidden': true }, done ? icon(check) : percent(progress.percent)),
      h('progress', { class: 'said', max: 100, value: progress.percent, 'aria-label': name }),
    ),
    h(
      'div',
      { class: 'about' },
      title(drawn.heading, first ? say('congrats', { course: name }) : name),
      h(
        'p',
        { class: 'numbers' },
        h('span', { class: 'strong' }, say('percentDone', { percent: percent(progress.percent) })),
        ' · ',
        h('span', { class: 'muted' }, say('lessonsDone', { done: progress.lessonsDone, n: progress.lessons })),
      ),
      done &&
        progress.completedAt &&
        h(
          'p',
          { class: 'small muted' },
          first ? say('congratsText') : say('doneOn', { date: date(progress.completedAt) }),
        ),
    ),
  );
}

/** What is next and how long it takes. */
function nextStep(kit: Kit, view: LearningView, drawn: Drawn, { say, duration }: Speech<ProgressKey>) {
  const { h, Link, cleanName } = kit;
  const { progress, outline: tree } = view;
  if (!progress || progress.completedAt) return null;
  const { next } = progress;
  if (!next) return h('p', { class: 'note small' }, h('span', null, say('nothingNext')));
  const node = tree?.nodes.find(({ id }) => id === next.lesson);
  const href = hrefOf(kit, view, drawn, next.lesson);
  const what = [node?.kind && say(`kind_${node.kind}`), next.minutes !== null && duration(next.minutes)].filter(
    Boolean,
  );
  const button = {
    class: 'button primary',
    part: 'next',
    onClick: (event: MouseEvent) => follow(kit, view, event, next.lesson, !!href),
  };
  const label = say(progress.lessonsDone > 0 || node?.state === 'started' ? 'goOn' : 'begin');
  return h(
    'div',
    { class: 'nextup' },
    h(
      'div',
      { class: 'which' },
      h('p', { class: 'small muted' }, say('next')),
      h('p', { class: 'strong' }, h('bdi', null, cleanName(next.title))),
      h('p', { class: 'small muted numbers' }, what.join(' · ')),
    ),
    href ? h(Link, { href, ...button }, label) : h('button', { type: 'button', ...button }, label),
  );
}

/** The whole element. */
export function view(plain: Kit, holder: Holder<ProgressStore>, drawn: Drawn) {
  const kit = withLearning(plain);
  if (!kit) return kit;
  const store = holder.store ?? createProgress(kit, holder.host);
  holder.store = store;
  const { h, cleanName } = kit;
  const { outline, speechOf, way } = kit.learning;
  const { view, failed, offline } = store.learning.state.value;
  if (!view) return failed ? null : undefined;
  const speech = speechOf<ProgressKey>(kit, drawn.language, 'progress', words);
  if (!speech) return undefined;
  const { say, time } = speech;
  store.congrats = say('congrats', { course: cleanName(view.course.name) });
  const { course, outline: tree, progress, enrolment } = view;
  const { turned } = store.ui.value;
  const nodes = tree?.nodes ?? [];
  const level = Math.min(6, drawn.heading + 1);
  const at = progress?.next?.lesson;
  // Where nothing is open, what comes next is shown, with when it opens.
  const units = around(nodes, at ?? (progress && lessonsOf(nodes).find(({ state }) => state !== 'done')?.id));
  const lessons = lessonsOf(nodes).length;
  return h(
    'section',
    { class: 'card learn progress', part: 'card', 'aria-label': `${cleanName(course.name)}: ${say('far')}` },
    offline && h('p', { class: 'note small', part: 'error' }, h('span', null, say('offline', { time: time(view.at) }))),
    head(kit, view, drawn, speech),
    lessons > 0 && nextStep(kit, view, drawn, speech),
    enrolment?.state !== 'active' && way(kit, view, store.enrolling, drawn, speech),
    lessons === 0
      ? h('p', { class: 'muted' }, say('empty'))
      : h(
          'section',
          { class: 'contents' },
          h(`h${level}`, { class: 'sub' }, say('contents')),
          outline(
            kit,
            {
              id: 'p',
              nodes,
              learns: !!progress,
              current: at,
              isOpen: (unit) => store.ui.peek().turned[unit] ?? units.includes(unit),
              toggle: (unit, to) => store.set({ turned: { ...turned, [unit]: to } }),
              choose: (lesson, event) => follow(kit, view, event, lesson, !!hrefOf(kit, view, drawn, lesson)),
              hrefOf: (lesson) => hrefOf(kit, view, drawn, lesson),
            },
            speech,
          ),
        ),
    progress && lessons > 0 && streak(kit, progress, speech, level),
    progress && lessons > 0 && board(kit, store, speech),
  );
}

/** Says once that a course is done, and remembers that it did. */
export function drawn({ store, host }: Holder<ProgressStore>, root: ShadowRoot): void {
  const view = store?.learning.state.peek().view;
  if (!view?.progress || !celebrates(view) || !celebrated(view)) return;
  const { course } = view;
  host.say(store?.congrats ?? '');
  root.host.dispatchEvent(
    new CustomEvent('laurel:finished', { detail: { course: course.slug }, bubbles: true, composed: true }),
  );
}
