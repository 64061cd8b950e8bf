import type { Api } from '@laurelkit/sdk/client';

type Block = Awaited<ReturnType<Api['lessons']['get']>>['blocks'][number];
type Run = Block['runs'][number];

const run = (text: string, marks: Run['marks'] = [], href: string | null = null): Run => ({ text, marks, href });
const block = (kind: Block['kind'], runs: Run[], more: Partial<Block> = {}): Block => ({
  ...{ kind, runs, level: 0, number: null, checked: null, language: null, src: null, cells: [], header: false },
  ...more,
});
const text = (words: string) => block('paragraph', [run(words)]);
const item = (words: string, level = 1, more: Partial<Block> = {}) => block('item', [run(words)], { level, ...more });
const row = (cells: string[], header = false) => block('row', [], { cells: cells.map((cell) => [run(cell)]), header });

/** A page with every kind of block. */
export const everyBlock: Block[] = [
  block('paragraph', [
    run('Coffee is a '),
    run('seed', ['strong']),
    run(', not a bean. What it tastes of was decided '),
    run('long before', ['emphasis']),
    run(' anybody roasted it. Read this page first, then watch '),
    run('the map of coffee', [], '#lesson=week-1-video'),
    run(', or see '),
    run('the growers’ own pages', [], 'https://growers.example/altitude'),
    run('.'),
  ]),
  block('heading', [run('What height does')], { level: 2 }),
  text(
    'Nights are cool on a mountain. The cherry ripens slowly, and a slow cherry has more sugar and more acid. Ten degrees between noon and midnight do more than any fertiliser.',
  ),
  item('Below 900 m: round, low in acid'),
  item('900 to 1,400 m: balanced'),
  item('washed lots are clearer', 2),
  item('naturals are sweeter', 2),
  item('Above 1,400 m: bright, with fruit'),
  block('heading', [run('In numbers')], { level: 3 }),
  row(['Farm', 'Height', 'Harvest', 'Screen'], true),
  row(['Alto da Serra', '1,250 m', 'May to August', '16']),
  row(['El Mirador', '1,780 m', 'January to April', '15']),
  row(['Kiandu', '1,650 m', 'October to December', '17']),
  block('quote', [run('A good picker passes the same tree five times.')], { level: 1 }),
  block('quote', [run('And a bad one strips it once.')], { level: 2 }),
  block('heading', [run('Before you go on')], { level: 2 }),
  item('Weigh out 20 g of green coffee', 1, { checked: true }),
  item('Note what it smells of', 1, { checked: false }),
  block('paragraph', [run('Then:')]),
  item('Grind', 1, { number: 1 }),
  item('Pour', 1, { number: 2 }),
  item('Wait four minutes', 1, { number: 3 }),
  block(
    'code',
    [
      run(
        'ratio = water_in_grams / coffee_in_grams\n# 16.6 is where most people begin, and a very long line shows that only the code scrolls, never the page\n',
      ),
    ],
    {
      language: 'python',
    },
  ),
  block('rule', []),
  block('image', [run('A hillside with coffee trees in the shade')], { src: '/picture.svg' }),
  block('paragraph', [
    run('Old advice', ['strike']),
    run(' and '),
    run('inline code', ['code']),
    run(' end the page.'),
  ]),
];

/** Text that tries to break a page. */
export const strangeBlocks: Block[] = [
  block('heading', [run('<img src=x onerror=alert(1)>')], { level: 1 }),
  block('paragraph', [
    run('A link that must not be one: '),
    run('press me', ['strong'], 'javascript:alert(1)'),
    run(' '),
    run('שירה לוי \u202Egnp.exe\u202C 👩🏽‍🚀'),
  ]),
  text('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3)),
  block('image', [run('A picture from nowhere')], { src: 'javascript:alert(1)' }),
  row(['a'.repeat(80), 'b'.repeat(80), 'c'.repeat(80)]),
];
