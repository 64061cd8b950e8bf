/** Something the shop sells. */
export interface Product {
  slug: string;
  name: string;
  /** One line for the shelf. */
  line: string;
  story: string;
  facts: readonly [label: string, value: string][];
  priceMinor: number;
  picture: string;
  /** What the picture shows, for those who do not see it. */
  pictured: string;
}

export const currency = 'EUR';

/** Everything on the shelf. */
export const products: readonly Product[] = [
  {
    slug: 'skylark',
    name: 'Skylark',
    line: 'The first kite of many people.',
    story:
      'A diamond of ripstop nylon on two spars, with a tail long enough to forgive a beginner. It is up in a light breeze, it stays up when you look away, and it rolls to the size of an umbrella.',
    facts: [
      ['Wind', '8 to 30 km/h'],
      ['Size', '80 × 92 cm'],
      ['In the bag', '40 m of line, winder, spare spar'],
    ],
    priceMinor: 2800,
    picture: '/skylark.svg',
    pictured: 'A red and yellow diamond kite with a ribbon tail.',
  },
  {
    slug: 'kestrel',
    name: 'Kestrel',
    line: 'A delta that hangs on a whisper.',
    story:
      'Wide wings and a deep keel make the Kestrel the kite for evenings when there is hardly any wind. Launch it from your hand, let out line, and it climbs until it is the size of a stamp.',
    facts: [
      ['Wind', '5 to 25 km/h'],
      ['Size', '190 × 96 cm'],
      ['In the bag', '60 m of line, winder'],
    ],
    priceMinor: 4900,
    picture: '/kestrel.svg',
    pictured: 'A wide blue delta kite with white stripes.',
  },
  {
    slug: 'lantern',
    name: 'Lantern',
    line: 'A box for strong, steady wind.',
    story:
      'Four spars, two cells and no tail: a box kite flies by its own logic, steeply and quite still. Ours takes down into a bundle and goes together without tools.',
    facts: [
      ['Wind', '18 to 45 km/h'],
      ['Size', '70 × 70 × 110 cm'],
      ['In the bag', '80 m of line, reel'],
    ],
    priceMinor: 6400,
    picture: '/lantern.svg',
    pictured: 'A yellow and teal box kite seen from below.',
  },
];

/** The product with this slug, if there is one. */
export const findProduct = (slug: string): Product | undefined => products.find((product) => product.slug === slug);

const price = new Intl.NumberFormat('en-IE', { style: 'currency', currency });

/** `€28.00` for 2800 cents. */
export const priceOf = (minor: number): string => price.format(minor / 100);
