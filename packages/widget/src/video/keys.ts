import type { Watching } from './watching.ts';

const skipSeconds = 10;

/** K plays and pauses, J and L jump 10 seconds, wherever in the player the focus is (WCAG 2.1.4: nowhere else). */
export function onKey(watching: Watching, event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || (target as Element).closest('select, input, textarea')) return;
  const deeds: Record<string, () => void> = {
    k: watching.toggle,
    j: () => watching.skip(-skipSeconds),
    l: () => watching.skip(skipSeconds),
  };
  const deed = deeds[key.toLowerCase()];
  if (!deed) return;
  event.preventDefault();
  deed();
}
