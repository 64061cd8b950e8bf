/** What walking an outline needs of it. */
interface Walked {
  isOpen(unit: string): boolean;
  toggle(unit: string, open: boolean): void;
}

/** Up and down walk what is seen, right opens or goes in, left closes or goes out; Home and End. The other way in RTL. */
export function walkOutline(event: KeyboardEvent, { isOpen, toggle }: Walked): void {
  const list = event.currentTarget as HTMLElement;
  const from = (event.target as Element).closest<HTMLElement>('[data-node]');
  if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...list.querySelectorAll<HTMLElement>('[data-node]')];
  const at = all.indexOf(from);
  const rtl = getComputedStyle(list).direction === 'rtl';
  const key = rtl ? ({ ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[event.key] ?? event.key) : event.key;
  const { node = '' } = from.dataset;
  const unit = from.hasAttribute('aria-expanded');
  const go = (to: HTMLElement | null | undefined) => {
    event.preventDefault();
    to?.focus();
  };
  if (key === 'ArrowDown') go(all[at + 1]);
  else if (key === 'ArrowUp') go(all[at - 1]);
  else if (key === 'Home') go(all[0]);
  else if (key === 'End') go(all.at(-1));
  else if (key === 'ArrowRight' && unit) {
    if (isOpen(node)) go(all[at + 1]);
    else {
      go(from);
      toggle(node, true);
    }
  } else if (key === 'ArrowLeft') {
    if (unit && isOpen(node)) {
      go(from);
      toggle(node, false);
    } else go(from.closest('li')?.parentElement?.closest('li')?.querySelector<HTMLElement>('[data-node]'));
  }
}
