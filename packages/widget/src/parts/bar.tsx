/** How much of the most there is, as a line. */
export const bar = (value: number, most: number) => (
  <span class="bar" part="progress">
    <i style={{ inlineSize: `${most > 0 ? Math.max(0, Math.min(1, value / most)) * 100 : 0}%` }} />
  </span>
);
