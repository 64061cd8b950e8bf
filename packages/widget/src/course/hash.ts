const pattern = /^#lesson=([a-z0-9-]{1,200})$/i;

/** The lesson that the address of the page names, as `#lesson=…`. */
export const lessonInHash = (): string | null => pattern.exec(location.hash)?.[1] ?? null;

/** Writes a lesson into the address of the page, so that going back leads to the one before. */
export function putInHash(lesson: string): void {
  if (lessonInHash() !== lesson) history.pushState(history.state, '', `#lesson=${encodeURIComponent(lesson)}`);
}
