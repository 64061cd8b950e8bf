/** Tells when somebody reads: a mouse is over the element, a finger is on it, or something in it has focus. */
export function watchReading(element: HTMLElement, tell: (reading: boolean) => void): () => void {
  let pointed = false;
  let focused = false;
  const listeners: Record<string, (event: Event) => void> = {
    pointerenter: (event) => {
      pointed = (event as PointerEvent).pointerType === 'mouse';
    },
    pointerdown: () => {
      pointed = true;
    },
    pointerleave: () => {
      pointed = false;
    },
    pointercancel: () => {
      pointed = false;
    },
    focusin: () => {
      focused = true;
    },
    focusout: (event) => {
      focused = element.contains((event as FocusEvent).relatedTarget as Node | null);
    },
  };
  const onEvent = (event: Event) => {
    listeners[event.type]?.(event);
    tell(pointed || focused);
  };
  for (const type of Object.keys(listeners)) element.addEventListener(type, onEvent);
  return () => {
    for (const type of Object.keys(listeners)) element.removeEventListener(type, onEvent);
  };
}
