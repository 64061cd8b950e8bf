import { fightNames } from '../gallery/pages.ts';
import { board, card, expect, open, settled, test } from './helpers.ts';

test('under a strict policy with Trusted Types: no violation', async ({ page }) => {
  await page.addInitScript(() => {
    const scope = window as unknown as { violations: string[] };
    scope.violations = [];
    addEventListener('securitypolicyviolation', (event) =>
      scope.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const act = await open(page, { scenario: 'leading', signed: '1', csp: '1', podium: '', lang: 'es' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  await expect(board(page).locator('.dot.on')).toBeVisible();
  await act('score', { who: '4', points: '400' });
  await expect(board(page).locator('.podium .name').first()).toHaveText('Ines');
  await card(page).getByRole('button').first().click();
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
});

test('laurel.js alone, without the files beside it, shows both elements, copies and pages', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.route(/laurel-[a-z]+\.js/, (route) => route.abort());
  await open(page, { scenario: 'leading', signed: '1', podium: '', lang: 'es' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  await expect(card(page).locator('.laurel')).toHaveAttribute('lang', 'en');
  await card(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(card(page).locator('[aria-live]')).toHaveText('Link copied');
  const rows = board(page).locator('tr[data-id]');
  await expect(rows).toHaveCount(10);
  await board(page).getByRole('button', { name: 'Show more' }).click();
  await expect(rows).toHaveCount(20);
});

test('laurel.js and laurel-live.js follow changes and tell of them, without the other files', async ({ page }) => {
  await page.route(/laurel-(?!live)[a-z]+\.js/, (route) => route.abort());
  const act = await open(page, { scenario: 'leading', signed: '1' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  await expect(board(page).locator('.dot.on')).toBeVisible();
  await act('score', { who: '4', points: '400' });
  await expect(board(page).locator('tr[data-id]').first().locator('.name')).toHaveText('Ines');
  await expect(board(page).locator('[aria-live]')).toContainText('rank 2');
});

for (const host of ['serif', 'dark', 'shop', 'quirks']) {
  test(`inside the ${host} page: every row shown, the host untouched`, async ({ page }) => {
    await open(page, { host, scenario: 'pinned', signed: '1' });
    await settled(page, 'laurel-referral', 'laurel-leaderboard');
    await expect(board(page).locator('tr[data-id]')).toHaveCount(13);
    const display = await board(page).evaluate((element) => getComputedStyle(element).display);
    expect(display).toBe('block');
    const sizes = await board(page).evaluate((element) => {
      const of = (selector: string) => getComputedStyle(element.shadowRoot?.querySelector(selector) as Element);
      return [of('.rows').fontSize, of('.laurel').fontSize, of('.laurel').textTransform, of('.laurel').letterSpacing];
    });
    expect(sizes[0]).toBe(sizes[1]);
    expect(sizes.slice(2)).toEqual(['none', 'normal']);
    expect(await page.evaluate(() => Object.keys(window).filter((key) => /laurel/i.test(key)))).toEqual(['Laurel']);
  });
}

test(`${fightNames.length} pages that get in the way: shown or silent, never an error`, async ({ page }) => {
  test.setTimeout(60_000);
  const shown: Record<string, boolean> = {};
  for (const fight of fightNames) {
    await open(page, { scenario: 'leading', signed: '1', fight });
    await page.waitForTimeout(150);
    await expect(page.locator('#after')).toBeVisible();
    shown[fight] = (await board(page).locator('.title').count()) > 0;
  }
  expect(Object.values(shown).filter(Boolean).length, JSON.stringify(shown)).toBeGreaterThan(18);
});

test('black or white text on any accent has a contrast of at least 4.5', async ({ page }) => {
  await open(page, { show: 'card', scenario: 'plain' });
  await settled(page, 'laurel-referral');
  const worst = await card(page).evaluate((element: HTMLElement) => {
    const button = element.shadowRoot?.querySelector('.primary') as HTMLElement;
    button.style.transition = 'none';
    const context = document
      .createElement('canvas')
      .getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    const luminance = (colour: string) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    let least = 21;
    for (let index = 0; index < 300; index += 1) {
      element.style.setProperty(
        '--laurel-accent',
        `rgb(${(index * 37) % 256} ${(index * 101) % 256} ${(index * 59) % 256})`,
      );
      const { color, backgroundColor } = getComputedStyle(button);
      const [light, dark] = [luminance(color), luminance(backgroundColor)].sort((one, other) => other - one) as [
        number,
        number,
      ];
      least = Math.min(least, (light + 0.05) / (dark + 0.05));
    }
    return least;
  });
  expect(worst).toBeGreaterThanOrEqual(4.5);
});

test('Reflio#75: the host’s own CSS reaches every part, over ours, and its colours the rest', async ({ page }) => {
  await open(page, { scenario: 'pinned', signed: '1' });
  await settled(page, 'laurel-referral', 'laurel-leaderboard');
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    const parts = ['card', 'title', 'link', 'copy', 'row', 'rank', 'name', 'score'];
    const all = parts.flatMap((part) => [`laurel-referral::part(${part})`, `laurel-leaderboard::part(${part})`]);
    sheet.replaceSync(`
      ${all.join()} { color: rgb(1, 2, 3); letter-spacing: 3px; border-radius: 0; }
      laurel-referral, laurel-leaderboard { --laurel-surface: rgb(250, 240, 230); }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  for (const element of [card(page), board(page)]) {
    const styles = await element.evaluate(({ shadowRoot }) => {
      const wanted = ['card', 'title', 'link', 'copy', 'row', 'rank', 'name', 'score'];
      const found = wanted.flatMap((part) => shadowRoot?.querySelector(`[part~=${part}]`) ?? []);
      return found.map((each) => {
        const { color, letterSpacing, borderRadius } = getComputedStyle(each);
        return [color, letterSpacing, borderRadius].join(' ');
      });
    });
    expect(styles.length).toBeGreaterThanOrEqual(4);
    expect(new Set(styles)).toEqual(new Set(['rgb(1, 2, 3) 3px 0px']));
    const surface = await element.evaluate(({ shadowRoot }) => {
      const shown = shadowRoot?.querySelector('[part~=card]') as Element;
      return getComputedStyle(shown).backgroundColor;
    });
    expect(surface).toBe('rgb(250, 240, 230)');
  }
});
