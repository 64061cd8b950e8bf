import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { locked } from './locked.ts';
import { player } from './player.ts';
import { createLesson, type LessonStore } from './store.ts';
import { createWatching, type Given, type Watching } from './watching.ts';
import { speech } from './words.ts';

export { style } from './style.ts';
export { player };

/** For a shell around it that has read the lesson and has an outbox: follows the video of the lesson. Stop it at the end. */
export const watch = (kit: Kit, given: Given): Watching => createWatching(kit, given);

/** After each drawing of the player: follows the medium that is shown there. */
export const attach = (watching: Watching, root: ParentNode): void =>
  watching.attach(root.querySelector('[data-medium]'));

/** The store of one `<laurel-video>`. */
export const open = (kit: Kit, host: Host): LessonStore => createLesson(kit, host);

/** A lesson’s video with its title; or why it cannot be watched. */
export function view(kit: Kit, store: LessonStore, drawn: Drawn) {
  const { h, title, cleanName } = kit;
  const shown = store.shown.value;
  if (shown.kind === 'reading') return undefined;
  if (shown.kind === 'failed') return null;
  if (shown.kind === 'locked') return locked(kit, shown.node, drawn);
  if (shown.kind !== 'watching') {
    return h(
      'section',
      { class: 'card small-card', part: 'card' },
      h('p', { class: 'muted' }, speech(drawn.language.locale).say(shown.kind)),
    );
  }
  const { lesson } = shown.watching;
  const name = cleanName(lesson.title);
  return h(
    'section',
    { class: 'card video', part: 'card', 'aria-label': name },
    title(drawn.heading, name),
    lesson.summary && h('p', { class: 'muted' }, lesson.summary),
    player(kit, shown.watching, drawn),
  );
}

/** Follows what is shown. */
export function drawn(store: LessonStore, root: ShadowRoot): void {
  const shown = store.shown.peek();
  if (shown.kind === 'watching') attach(shown.watching, root);
}
