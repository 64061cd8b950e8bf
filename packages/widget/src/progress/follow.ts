import type { Kit } from '../kit.ts';
import type { LearningView } from '../learning/state.ts';
import type { Drawn } from '../views/kind.ts';

/** Where a lesson has a page of its own: the attribute `lesson-url` with `{course}` and `{lesson}` filled in. */
export function hrefOf({ safeUrl }: Kit, { course }: LearningView, { read }: Drawn, lesson: string): string | null {
  const template = read('lesson-url');
  const values: Record<string, string> = { course: course.slug, lesson };
  const filled = template?.replace(/\{(course|lesson)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  return safeUrl(filled, /^https?:$/);
}

/** The `<laurel-course>` of a course on the page. */
const playerOf = ({ course }: LearningView): Element | undefined =>
  [...document.querySelectorAll('laurel-course')].find((each) =>
    [course.slug, course.id].includes(each.getAttribute('course') ?? ''),
  );

/**
 * Goes to a lesson: tells the page, which may stop it; then the link is followed, or the `<laurel-course>` on the page opens
 * it.
 */
export function follow(kit: Kit, view: LearningView, event: MouseEvent, lesson: string, linked: boolean): void {
  const from = event.currentTarget as Element;
  const stopped = !kit.emit(from, 'lesson', { course: view.course.slug, lesson });
  if (stopped) event.preventDefault();
  else if (!linked) playerOf(view)?.dispatchEvent(new CustomEvent('laurel:open', { detail: { lesson } }));
}
