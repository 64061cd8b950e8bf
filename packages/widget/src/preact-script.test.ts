import fc from 'fast-check';
import * as theirs from 'preact';
import { expect, test, vi } from 'vitest';
import * as ours from './preact-script.ts';

interface Kit {
  h: (type: never, props: never, ...children: never[]) => unknown;
  Fragment: unknown;
  render(node: never, root: never): void;
}

interface Sketch {
  kind: 'element' | 'text' | 'fragment' | 'function' | 'nothing' | 'list' | 'svg';
  key: number;
  props: Record<string, unknown>;
  children: Sketch[];
}

const kits: Kit[] = [ours as never, theirs as never];

function draw(kit: Kit, sketch: Sketch): unknown {
  const { kind, key, props, children } = sketch;
  const h = kit.h as unknown as (type: unknown, props: unknown, ...children: unknown[]) => unknown;
  const inner = children.map((child) => draw(kit, child));
  // Keys below 4 only: others go without.
  const keyed = key < 4 ? { key } : {};
  if (kind === 'nothing') return key % 2 ? null : false;
  if (kind === 'text') return `text ${key}`;
  if (kind === 'list') return inner;
  if (kind === 'fragment') return h(kit.Fragment, keyed, ...inner);
  if (kind === 'function') return h(fn(h), { ...keyed, inner }, undefined);
  if (kind === 'svg') return h('svg', { ...keyed, ...props }, h('path', { d: `M${key} 0` }));
  return h(key % 3 ? 'li' : 'p', { ...props, ...keyed }, ...inner);
}

const functions = new Map<unknown, unknown>();
function fn(h: (type: unknown, props: unknown, ...children: unknown[]) => unknown) {
  const known = functions.get(h) ?? (({ inner }: { inner: unknown }) => h('b', null, inner));
  functions.set(h, known);
  return known;
}

const props = fc.record(
  {
    class: fc.constantFrom('a', 'b', undefined),
    hidden: fc.boolean(),
    tabIndex: fc.constantFrom(0, -1),
    'aria-busy': fc.boolean(),
    'data-id': fc.constantFrom('x', 'y'),
    style: fc.constantFrom({ '--hue': '1' }, { '--hue': '2', inlineSize: '3px' }, {}),
    title: fc.constantFrom('t', null),
  },
  { requiredKeys: [] },
);

const node = (children: fc.Arbitrary<Sketch[]>) =>
  fc.record({
    kind: fc.constantFrom('element', 'element', 'element', 'text', 'fragment', 'function', 'nothing', 'list', 'svg'),
    key: fc.nat(7),
    props,
    children,
  }) as fc.Arbitrary<Sketch>;
// Siblings with one key are a mistake that Preact may draw as it likes.
const siblings = (child: fc.Arbitrary<Sketch>) =>
  fc.uniqueArray(child, { maxLength: 4, selector: ({ key }) => (key < 4 ? key : {}) });
const tree = [1, 2].reduce((inner) => node(siblings(inner)), node(fc.constant([])));

test('draws what Preact draws, whatever was there before, with the same elements', () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 5 }), (trees) => {
      const seen = kits.map((kit) => {
        const root = document.createElement('div');
        return [...trees, null].map((sketch) => {
          const before = new Set(root.querySelectorAll('*'));
          kit.render((sketch && draw(kit, sketch)) as never, root as never);
          return [root.innerHTML, [...root.querySelectorAll('*')].map((each) => before.has(each))];
        });
      });
      expect(seen[0]).toEqual(seen[1]);
    }),
    { numRuns: 1000 },
  );
}, 30_000);

test('rows given in another order are the same elements, moved no more than Preact moves them', () => {
  const order = fc.uniqueArray(fc.nat(12), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(order, { minLength: 2, maxLength: 5 }), (orders) => {
      const moves = kits.map((kit) => {
        const root = document.createElement('ul');
        const inserted = vi.spyOn(root, 'insertBefore');
        const h = kit.h as unknown as (type: unknown, props: unknown, ...children: unknown[]) => unknown;
        const rows = (keys: number[]) => keys.map((key) => h('li', { key }, key));
        for (const keys of orders) {
          const before = new Map([...root.children].map((row) => [row.textContent, row]));
          kit.render(h(kit.Fragment, null, rows(keys)) as never, root as never);
          expect(root.textContent).toBe(keys.join(''));
          for (const row of root.children) expect(before.get(row.textContent) ?? row).toBe(row);
        }
        return inserted.mock.calls.length;
      });
      expect(moves[0]).toBe(moves[1]);
    }),
    { numRuns: 300 },
  );
});

test('a node that is given again is left as it is, wherever it stands', () => {
  const order = fc.uniqueArray(fc.nat(9), { maxLength: 9 });
  fc.assert(
    fc.property(fc.array(order, { minLength: 2, maxLength: 6 }), fc.nat(9), (orders, renewed) => {
      const seen = kits.map((kit) => {
        const root = document.createElement('ul');
        const h = kit.h as unknown as (type: unknown, props: unknown, ...children: unknown[]) => unknown;
        const made = (key: number, round: number) =>
          h('li', { key, title: `${round}` }, h('b', null, key), key % 2 ? h(kit.Fragment, null, 'odd') : null);
        const rows = new Map(Array.from({ length: 10 }, (_, key) => [key, made(key, 0)]));
        return orders.map((keys, round) => {
          rows.set(renewed, made(renewed, round));
          const list = keys.map((key) => rows.get(key));
          kit.render(h('div', null, h('p', null, round), list) as never, root as never);
          return root.innerHTML;
        });
      });
      expect(seen[0]).toEqual(seen[1]);
    }),
    { numRuns: 200 },
  );
  for (const { h, render } of kits as unknown as (typeof ours)[]) {
    const root = document.createElement('ul');
    const inner = vi.fn(() => h('b', null, 'a'));
    const row = h('li', null, h(inner as never, null));
    render(h('div', null, row), root);
    const drawn = root.querySelector('li');
    render(h('div', null, h('p', null, 'above'), row), root);
    expect(root.innerHTML).toBe('<div><p>above</p><li><b>a</b></li></div>');
    expect(root.querySelector('li')).toBe(drawn);
    expect(inner).toHaveBeenCalledOnce();
    render(h('div', null, h('li', null, 'b')), root);
    expect(root.innerHTML).toBe('<div><li>b</li></div>');
  }
});

test('handlers are called, changed and taken off; the value of a field is set', () => {
  for (const { h, render } of kits as unknown as (typeof ours)[]) {
    const root = document.createElement('div');
    const [first, second] = [vi.fn(), vi.fn()];
    const show = (onClick: unknown, value: string) => {
      render(h('input', { onClick, value, readOnly: true }), root);
      (root.firstChild as HTMLElement).click();
    };
    show(first, 'a');
    show(second, 'b');
    show(undefined, 'c');
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
    expect((root.firstChild as HTMLInputElement).value).toBe('c');
  }
});

test('an object that came as JSON is not drawn', () => {
  const root = document.createElement('div');
  const foreign = JSON.parse('{"type":"img","props":{"src":"x"},"key":null,"constructor":"pv"}');
  ours.render(ours.h('p', null, foreign, 'rest'), root);
  expect(root.innerHTML).toBe('<p>rest</p>');
});
