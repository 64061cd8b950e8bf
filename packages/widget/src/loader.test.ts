import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lateKinds } from './views/late.ts';

interface Watched {
  element: Element;
  near(isIntersecting: boolean): void;
}

let watched: Watched[] = [];

const scope = globalThis as unknown as { Laurel?: Record<string, unknown>; happyDOM: { setURL(url: string): void } };

/** Runs the loader as the script element that is given. */
async function load(own: Element, body = '<laurel-referral></laurel-referral>') {
  document.body.innerHTML = body;
  Object.defineProperty(document, 'currentScript', { value: own, configurable: true });
  vi.resetModules();
  await import('./loader.ts');
}

function tag(data: Record<string, string> = {}): HTMLScriptElement {
  const own = document.createElement('script');
  Object.assign(own.dataset, { src: 'https://cdn.example/laurel.js', api: '/api', key: 'pk_1', ...data });
  return own;
}

const added = () => [...document.head.querySelectorAll('script')];

beforeEach(() => {
  watched = [];
  delete scope.Laurel;
  localStorage.clear();
  document.head.replaceChildren();
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      gone = false;
      constructor(call: (entries: { isIntersecting: boolean }[]) => void) {
        this.call = call;
      }
      call: (entries: { isIntersecting: boolean }[]) => void;
      observe(element: Element) {
        watched.push({ element, near: (isIntersecting) => this.gone || this.call([{ isIntersecting }]) });
      }
      disconnect() {
        this.gone = true;
      }
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

test('adds the script when an element comes near, once, with what its own says', async () => {
  const own = tag({ integrity: 'sha384-x', locale: 'es' });
  own.nonce = 'n';
  await load(own, '<laurel-referral></laurel-referral><laurel-leaderboard></laurel-leaderboard>');
  expect(watched.map(({ element }) => element.localName)).toEqual(['laurel-referral', 'laurel-leaderboard']);
  watched[0]?.near(false);
  expect(added()).toEqual([]);
  watched[1]?.near(true);
  watched[0]?.near(true);
  const [script, ...more] = added();
  expect(more).toEqual([]);
  expect(script?.src).toBe('https://cdn.example/laurel.js');
  expect({ ...script?.dataset }).toMatchObject({ api: '/api', key: 'pk_1', locale: 'es' });
  expect([script?.integrity, script?.crossOrigin, script?.nonce]).toEqual(['sha384-x', 'anonymous', 'n']);
});

test('waits for each of our elements, and for no other', async () => {
  const tags = ['laurel-referral', 'laurel-invitation', 'laurel-leaderboard', ...lateKinds.map(({ name }) => name)];
  await load(tag(), `${tags.map((name) => `<${name}></${name}>`).join('')}<other-element></other-element><p></p>`);
  expect(watched.map(({ element }) => element.localName)).toEqual(tags);
  watched[0]?.near(true);
  expect(added()).toHaveLength(1);
});

test('an element that comes later is waited for as well', async () => {
  await load(tag(), '<p></p>');
  expect(watched).toEqual([]);
  document.body.append(document.createElement('laurel-leaderboard'));
  await vi.waitFor(() => expect(watched).toHaveLength(1));
  watched[0]?.near(true);
  expect(added()).toHaveLength(1);
  document.body.append(document.createElement('laurel-leaderboard'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(watched).toHaveLength(1);
});

test('an external loader adds the script beside it', async () => {
  const own = tag();
  delete own.dataset.src;
  own.src = 'https://cdn.example/x/loader.js?v=2';
  await load(own);
  watched[0]?.near(true);
  expect(added()[0]?.src).toBe('https://cdn.example/x/laurel.js?v=2');
});

test('notes the address and a queue, and stores nothing unasked', async () => {
  scope.happyDOM.setURL('http://localhost:3000/?ref=ANA');
  await load(tag());
  expect(scope.Laurel).toEqual({ q: [], landing: 'http://localhost:3000/?ref=ANA' });
  expect(localStorage.length).toBe(0);
});

test('keeps a queue that is there, and with consent the touch, by the rules of the host', async () => {
  scope.happyDOM.setURL('http://localhost:3000/?friend=ANA&ref=BOB');
  const q = [['identify', null]];
  scope.Laurel = { q };
  await load(tag({ consent: '', parameters: 'friend ref' }));
  expect(scope.Laurel?.q).toBe(q);
  const kept = () => JSON.parse(localStorage.getItem('laurel_attribution') ?? '').referralCode;
  expect(kept()).toBe('ANA');
  scope.happyDOM.setURL('http://localhost:3000/?ref=EVE');
  await load(tag({ consent: '', model: 'first' }));
  expect(kept()).toBe('ANA');
  await load(tag({ consent: '' }));
  expect(kept()).toBe('EVE');
});

test('where Trusted Types are enforced, its policy lets that one address through', async () => {
  const policies: unknown[] = [];
  vi.stubGlobal('trustedTypes', {
    createPolicy(name: string, { createScriptURL }: { createScriptURL(url: string): string }) {
      policies.push([name, createScriptURL('https://evil.example/x.js')]);
      return { createScriptURL };
    },
  });
  await load(tag());
  watched[0]?.near(true);
  expect(policies).toEqual([['laurel', 'https://cdn.example/laurel.js']]);
  expect(added()[0]?.src).toBe('https://cdn.example/laurel.js');
});

test('where its policy is not allowed, nothing is added and nothing thrown', async () => {
  const createPolicy = () => {
    throw new TypeError('no');
  };
  vi.stubGlobal('trustedTypes', { createPolicy });
  await load(tag());
  watched[0]?.near(true);
  expect(added()).toEqual([]);
});

test('an image named currentScript is not obeyed', async () => {
  const image = document.createElement('img');
  Object.assign(image.dataset, { src: 'https://evil.example/x.js' });
  await load(image);
  expect(scope.Laurel).toBeUndefined();
});
