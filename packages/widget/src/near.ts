/** Calls when the element is in or near the window and the page is at rest. */
export function whenNear(element: Element, then: () => void): void {
  const rest = () => (globalThis.requestIdleCallback ?? setTimeout)(then);
  if (!globalThis.IntersectionObserver) return void rest();
  new IntersectionObserver(
    (entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      rest();
    },
    { rootMargin: '50%' },
  ).observe(element);
}
