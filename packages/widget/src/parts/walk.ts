import type { TargetedKeyboardEvent } from 'preact';

/** The arrow keys, Home and End walk the rows of a board. */
export function walk(event: TargetedKeyboardEvent<HTMLTableRowElement>): void {
  const row = event.currentTarget;
  const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>('[data-id]') ?? [])];
  const last = rows.length - 1;
  const at = rows.indexOf(row);
  const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[to]?.focus();
}
