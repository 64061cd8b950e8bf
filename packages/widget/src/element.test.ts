import { cleanup } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answer } from '../gallery/api.ts';
import { scenarios } from '../gallery/scenario.ts';
import { defineElements } from './element.ts';
import { session } from './stores/session.ts';

let asked: [url: string, bearer: string | null][] = [];

beforeEach(() => {
  asked = [];
  const scenario = scenarios.pinned?.() ?? { people: [] };
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const url = new URL(input, 'http://host/');
    const bearer = new Headers(init.headers).get('authorization');
    asked.push([url.pathname, bearer]);
    if (url.pathname.endsWith('/live')) return new Promise(() => {});
    const body = answer(
      { scenario, seq: 1 },
      url.pathname.replace('/api', ''),
      url.searchParams,
      bearer === 'Bearer token',
    );
    return body ? Response.json(body) : Response.json({ code: 'unauthenticated' }, { status: 401 });
  });
  session.init({ api: '/api', key: 'pk_1' });
  session.identify(null);
  defineElements();
});

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

async function show(html: string, words: RegExp): Promise<ShadowRoot> {
  document.body.innerHTML = html;
  const root = document.body.firstElementChild?.shadowRoot as ShadowRoot;
  await vi.waitFor(() => expect(root.textContent).toMatch(words), 3000);
  return root;
}

test('a stranger’s card asks with the publishable key alone', async () => {
  const root = await show('<laurel-referral program="friends"></laurel-referral>', /Join to get your link/);
  expect(root.querySelector('input')).toBeNull();
  expect(asked.filter(([url]) => !url.endsWith('/live'))).toEqual([['/api/programs/friends', 'Bearer pk_1']]);
});

test('who is identified sees their own link and numbers, and nothing of them after signing out', async () => {
  session.identify(() => 'token');
  const root = await show(
    '<laurel-referral program="friends"></laurel-referral>',
    /37.*friends joined|friends joined.*37/,
  );
  expect(root.querySelector('input')?.value).toBe('https://fernway.example/r/MIRA-7K2F');
  session.identify(null);
  await vi.waitFor(() => expect(root.textContent).toMatch(/Join to get your link/));
  expect(root.innerHTML).not.toContain('MIRA');
});

test('a token that is refused leaves the stranger’s card', async () => {
  session.identify('expired');
  await show('<laurel-referral program="friends"></laurel-referral>', /Join to get your link/);
});

test('the board shows the top, a gap and the reader’s neighbours', async () => {
  session.identify('token');
  const root = await show('<laurel-leaderboard contest="spring" limit="5"></laurel-leaderboard>', /rank 47 of 240/);
  expect(root.querySelectorAll('tr[data-id]')).toHaveLength(8);
  expect(root.textContent).toContain('40 people between');
  expect(root.querySelector('[aria-current]')?.textContent).toContain('You');
});

test('attributes may change, elements may move and go', async () => {
  const root = await show('<laurel-leaderboard contest="spring" limit="3"></laurel-leaderboard>', /Mira/);
  const element = root.host;
  element.setAttribute('limit', '6');
  await vi.waitFor(() => expect(root.querySelectorAll('tr[data-id]')).toHaveLength(6));
  const aside = document.createElement('aside');
  document.body.append(aside);
  aside.append(element);
  await Promise.resolve();
  expect(root.querySelectorAll('tr[data-id]')).toHaveLength(6);
  element.remove();
  await Promise.resolve();
  expect(root.querySelector('table')).toBeNull();
});
