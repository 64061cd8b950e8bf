const paths = {
  copy: 'M9 9h10v11H9zM15 5H5v11',
  check: 'M5 12.5 10 17.5 19 7',
  share: 'M12 15V4M8 7.5 12 3.5 16 7.5M5 12v8h14v-8',
  email: 'M3.5 6h17v12h-17zM4 7l8 6 8-6',
  whatsapp: 'M4 20l1.2-3.8A8 8 0 1 1 8 19zM9 9.5c.3 3 2.5 5.2 5.5 5.5M9 9.5l1.5-.5M14.5 15l.5-1.5',
  x: 'M5 5 19 19M19 5 5 19',
  facebook: 'M15.5 4H14a3 3 0 0 0-3 3v13M8 11h7',
  linkedin: 'M5 10v9M5 5.5v.01M10 19v-9M10 14a4 4 0 0 1 8 0v5',
  telegram: 'M3.5 12 20.5 4.5 17.5 19.5 11.5 15zM11.5 15 20.5 4.5',
  up: 'M12 5 21 19H3z',
  down: 'M12 19 3 5h18z',
  purse: 'M12 3.5 14.6 9l6 .7-4.5 4.1 1.2 6L12 16.8 6.7 19.8l1.2-6L3.4 9.7l6-.7z',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof paths;

/** A line drawing in the colour of the text; never the only name of anything. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);

const leaves = Array.from({ length: 7 }, (_, index) => 22 + index * 22);

/** A laurel wreath, open at the top. */
export const Wreath = () => (
  <svg class="wreath" viewBox="0 0 64 64" aria-hidden="true">
    {[1, -1].map((side) =>
      leaves.map((angle) => (
        <path
          key={side * angle}
          d="M0 0C2-4 7-5 11-3 9 1 4 3 0 0"
          transform={`translate(32 32) scale(${side} 1) rotate(${90 - angle}) translate(27 0) rotate(${-68})`}
        />
      )),
    )}
  </svg>
);
