import { dropAt, type ShownRow } from './drop.ts';
import { move, rowOf } from './edits.ts';
import type { CoursePen } from './pen.ts';

/** Pixels before a press becomes a drag. */
const slack = 5;
/** How near the edge of the window it scrolls, in pixels, and by how much each time. */
const edge = 48;
const pace = 14;

/** Drags a row by its grip, by mouse, pen or finger; Escape leaves all where it was. */
export function startDrag(
  pen: CoursePen,
  event: PointerEvent,
  grip: HTMLElement,
  id: string,
  rows: readonly ShownRow[],
): void {
  if (event.button !== 0) return;
  const { author, nodes } = pen;
  const list = grip.closest('.tree') as HTMLElement;
  const inset = Number.parseFloat(getComputedStyle(list).fontSize) * 1.4;
  const isRightToLeft = getComputedStyle(list).direction === 'rtl';
  const start = event.clientY;
  const startX = event.clientX;
  const depth = rows.find((row) => row.id === id)?.depth ?? 1;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);

  function onMove({ clientX, clientY }: PointerEvent): void {
    if (!author.state.peek().drag && Math.abs(clientY - start) < slack && Math.abs(clientX - startX) < slack) return;
    if (clientY < edge) scrollBy(0, -pace);
    if (clientY > innerHeight - edge) scrollBy(0, pace);
    const items = [...list.querySelectorAll<HTMLElement>('[data-node]')];
    const gap = items.filter((item) => {
      const { top, height } = item.getBoundingClientRect();
      return clientY > top + height / 2;
    }).length;
    const shift = Math.round(((isRightToLeft ? -1 : 1) * (clientX - startX)) / inset);
    const place = dropAt(nodes, rows, id, gap, Math.max(1, depth + shift));
    const parent = place?.parent ? rows.find((row) => row.id === place.parent) : undefined;
    author.set({ drag: { id, gap, depth: (parent?.depth ?? 0) + 1, place } });
  }

  function end(drop: boolean): void {
    grip.removeEventListener('pointermove', onMove);
    grip.removeEventListener('pointerup', onUp);
    grip.removeEventListener('pointercancel', onCancel);
    removeEventListener('keydown', onKey, true);
    const { drag } = author.state.peek();
    author.set({ drag: null });
    if (!drop || !drag?.place) return;
    author.focus(rowOf(id));
    move(pen, id, drag.place);
  }
  const onUp = () => end(true);
  const onCancel = () => end(false);
  const onKey = (pressed: KeyboardEvent) => {
    if (pressed.key === 'Escape') end(false);
  };
  grip.addEventListener('pointermove', onMove);
  grip.addEventListener('pointerup', onUp);
  grip.addEventListener('pointercancel', onCancel);
  addEventListener('keydown', onKey, true);
}
