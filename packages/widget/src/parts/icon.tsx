/** Line drawings in a box of 24 by 24. */
export const paths = {
  copy: 'M9 9h10v11H9zM15 5H5v11',
  copied: 'M5 12.5 10 17.5 19 7',
  share: 'M12 15V4M8 7.5 12 3.5 16 7.5M5 12v8h14v-8',
};

/** A line drawing in the colour of the text; never the only name of anything. */
export const icon = (path: string) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);
