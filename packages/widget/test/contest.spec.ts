import type { Page } from '@playwright/test';
import { breaches, errors, expect, open, test } from './helpers.ts';

const contest = (page: Page) => page.locator('laurel-contest');
const said = (page: Page) => contest(page).locator('[aria-live]');
const step = (page: Page, id: string) => contest(page).locator(`[data-step="${id}"]`);

async function show(page: Page, scenario: string, query: Record<string, string> = {}) {
  const act = await open(page, { show: 'contest', scenario, signed: '1', ...query });
  await contest(page).locator('.title').waitFor();
  return act;
}

const states: [scenario: string, words: RegExp][] = [
  ['raffle', /2 days 4 hours? left.*Coffee for a year.*12 of 3,480 tickets.*1 in 27.*1 of 9 done.*Together/s],
  ['raffleOne', /At most 100 tickets each.*about 1 in 290 as it stands/s],
  ['raffleAlone', /you are the only one so far/],
  ['raffleFresh', /You have no tickets yet.*0 of 9 done/s],
  ['asksToJoin', /Your points become tickets once you have joined.*Your country.*at least 18 years old.*Show my name/s],
  ['soonRaffle', /Starts in.*Opens when the contest starts/s],
  ['pausedRaffle', /Paused.*Our shop is moving; back on Monday/s],
  ['extendedRaffle', /The end was moved to .*Two more days, since the mail was late/s],
  ['milestones', /at 10 points · 500 winners.*reached.*19 points to go/s],
  [
    'leaders',
    /The first 10 places on the board at the end win\. Of those with equal points, whoever reached them first/,
  ],
  ['leadersShared', /The first 10 places .* win\. Those with equal points share the place, and what there is to win/],
  ['leadersDrawn', /The first 10 places .* win\. Of those with equal points, a draw at the end decides/],
  ['waitlist', /You are number 214 of 3,400.*moves you up/s],
  ['waitlistJoin', /Join the waitlist/],
  [
    'instantGone',
    /Enamel mug\s*None left: nobody can win it any more\.\s*10 % off\s*one play in 10 wins · 1,233 of 5,000 left/s,
  ],
  ['instant', /one play in 500 wins · 20 in all.*2 plays left today/s],
  ['teamsNone', /Name of a new team.*Invite code/s],
  ['teamsMine', /The Early Birds.*Quiet heron/s],
  ['frozenRaffle', /Ended.*All entries are sealed.*Chance decides on/s],
  [
    'endedRaffle',
    /Final results.*You did not win this time.*Coffee for a year.*not claimed, passed on.*taken out, passed on/s,
  ],
  ['unpublished', /being checked and will be published here/],
  ['winner', /You won: Enamel mug.*Claim it by.*Where to send it.*Phone for the courier \(optional\)/s],
  ['claimedPrize', /You have claimed it/],
  ['lapsed', /The time to claim it has passed/],
  ['nobodyWon', /Nobody took part, so nobody won|being checked/],
  ['takenOut', /You were taken out of this contest: Points from accounts of one person.*hello@fernway\.example/s],
  ['strangeContest', /<img src=x onerror=alert\(1\)>/],
  ['strangeWinners', /محمد الأمين/],
];

for (const [scenario, words] of states) {
  test(`contest, ${scenario}: says so, no rule breached in light and dark, within 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await show(page, scenario);
    await expect(contest(page)).toContainText(words);
    await page.waitForTimeout(150);
    expect(await breaches(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await breaches(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}

for (const [lang, words] of [
  ['es', /12 de 3480 boletos.*Cómo conseguir puntos/s],
  ['pt-BR', /12 de 3\.480 bilhetes.*Como ganhar pontos/s],
] as const) {
  test(`a contest speaks ${lang}`, async ({ page }) => {
    await show(page, 'raffle', { lang });
    await expect(contest(page)).toContainText(words);
  });
}

test('a contest whose words cannot be read in Spanish is said in English', async ({ page }) => {
  await page.route(/laurel-escontest\.js/, (route) => route.abort());
  await show(page, 'raffle', { lang: 'es' });
  await expect(contest(page)).toContainText(/12 of 3480 tickets.*How to earn points/s);
});

test('forced colours and right-to-left: no rule breached, nothing wider than the page', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.setViewportSize({ width: 320, height: 800 });
  await show(page, 'winner', { dir: 'rtl' });
  await expect(contest(page)).toContainText('Claim it by');
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test('a stranger sees what there is, and the page is told that they want to take part', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:join', (event) => {
      document.documentElement.dataset.join = (event as CustomEvent).detail.program;
    });
  });
  await open(page, { show: 'contest', scenario: 'raffle' });
  await contest(page).getByRole('button', { name: 'Take part' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-join', 'friends');
  await expect(step(page, 'quiz')).toContainText('+3');
  await expect(step(page, 'quiz').getByRole('button')).toHaveCount(0);
  expect(await breaches(page)).toEqual([]);
});

test('joining by keyboard: what is missing is said where it is; then who takes part', async ({ page }) => {
  await show(page, 'asksToJoin');
  const join = contest(page).getByRole('button', { name: 'Join', exact: true });
  await join.press('Enter');
  await expect(contest(page).getByLabel('Your country')).toBeFocused();
  await expect(contest(page)).toContainText('Please choose your country.');
  await contest(page).getByLabel('Your country').selectOption('DE');
  await join.press('Enter');
  await expect(contest(page).getByLabel(/at least 18/)).toBeFocused();
  await contest(page)
    .getByLabel(/at least 18/)
    .press('Space');
  await join.press('Enter');
  await expect(contest(page).getByLabel(/read the rules/)).toBeFocused();
  await contest(page)
    .getByLabel(/read the rules/)
    .press('Space');
  await join.press('Enter');
  await expect(contest(page)).toContainText('By what you said, the rules do not let you win here');
  await contest(page).getByLabel('Your country').selectOption('PT');
  await join.press('Enter');
  await expect(contest(page).locator('.joined')).toBeFocused();
  await expect(contest(page)).toContainText(/Your name is not shown.*/);
  await expect(contest(page)).toContainText('Confirm your e-mail address to be in the draw');
  await contest(page).getByRole('button', { name: 'Change' }).press('Enter');
  await expect(contest(page).getByLabel('Your country')).toBeFocused();
});

test('the rules open beside the page', async ({ page }) => {
  await show(page, 'raffle');
  const link = contest(page).getByRole('link', { name: 'Official rules' });
  await expect(link).toHaveAttribute('href', /\/contests\/[0-9a-f-]{36}\/rules\.html$/);
  await expect(link).toHaveAttribute('rel', /noopener/);
});

test('answers: wrong is said and may be tried again, right earns and opens what waited for it', async ({ page }) => {
  await show(page, 'raffleFresh');
  const quiz = step(page, 'quiz');
  await quiz.getByRole('button', { name: 'Answer: Answer a question about coffee' }).press('Enter');
  await expect(quiz.getByRole('group', { name: 'Which bean tastes milder?' })).toBeVisible();
  await quiz.getByRole('button', { name: 'Send' }).press('Enter');
  await expect(quiz).toContainText('Please give an answer.');
  await quiz.getByLabel('Robusta').press('Space');
  await quiz.getByRole('button', { name: 'Send' }).press('Enter');
  await expect(quiz).toContainText('That is not it. You can try again.');
  expect(await breaches(page)).toEqual([]);
  await quiz.getByLabel('Arabica').check();
  await quiz.getByRole('button', { name: 'Send' }).press('Enter');
  await expect(quiz).toContainText('Done. 3 points more.');
  await expect(quiz).toBeFocused();
  await expect(contest(page)).toContainText(/1 of 9 done/);
  await expect(contest(page).locator('.standing')).toContainText('3 of 3,471 tickets');
  await expect(step(page, 'late')).toContainText('Opens after: Find the word on the bag');
  const word = step(page, 'word');
  await word.getByRole('button', { name: /Enter code/ }).click();
  await word.getByLabel('Code word').fill('Crema');
  await word.getByLabel('Code word').press('Enter');
  await expect(word).toContainText('Done. 10 points more.');
  await expect(step(page, 'late').getByRole('button', { name: /Answer/ })).toBeVisible();
});

test('a wrong typed answer says when it can be tried again', async ({ page }) => {
  await show(page, 'raffle');
  const year = step(page, 'year');
  await year.getByRole('button', { name: /Answer/ }).click();
  await year.getByLabel('In which year did we open our first shop?').fill('1901');
  await year.getByRole('button', { name: 'Send' }).click();
  await expect(year).toContainText('That is not it. You can try again in 1 minute.');
  await expect(year).toContainText('Again in 1 minute');
});

test('a slow answer: said while it is on its way, and sent once', async ({ page }) => {
  let sent = 0;
  await page.route(/\/actions\/word$/, async (route) => {
    sent += 1;
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await show(page, 'raffle');
  const word = step(page, 'word');
  await word.getByRole('button', { name: /Enter code/ }).click();
  await word.getByLabel('Code word').fill('Crema');
  await word.getByLabel('Code word').press('Enter');
  await expect(word.getByRole('button', { name: 'Sending…' })).toHaveAttribute('aria-disabled', 'true');
  await word.getByLabel('Code word').press('Enter');
  await expect(word).toContainText('Done. 10 points more.');
  expect(sent).toBe(1);
});

test('what does not get through loses nothing', async ({ page }) => {
  await show(page, 'raffle');
  const word = step(page, 'word');
  await word.getByRole('button', { name: /Enter code/ }).click();
  await word.getByLabel('Code word').fill('down');
  await word.getByRole('button', { name: 'Send' }).click();
  await expect(word).toContainText('What you typed is still here');
  await expect(word.getByLabel('Code word')).toHaveValue('down');
  await expect(said(page)).toContainText('That did not get through');
});

test('a visit: the page opens, after its seconds the points are collected', async ({ page, context }) => {
  await context.route('https://fernway.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'Roasting' }),
  );
  await page.addInitScript(() => {
    document.addEventListener('laurel:action', (event) => {
      document.documentElement.dataset.action = JSON.stringify((event as CustomEvent).detail);
    });
  });
  await show(page, 'raffle');
  const read = step(page, 'read');
  await read.getByRole('button', { name: 'Open page: Read how we roast' }).click();
  const popup = page.waitForEvent('popup');
  await read.getByRole('link', { name: 'Open page' }).click();
  await (await popup).close();
  const collect = read.getByRole('button', { name: 'Collect points' });
  await expect(collect).toHaveAttribute('aria-disabled', 'true');
  await expect(collect).toHaveAttribute('aria-disabled', 'false');
  await collect.click();
  await expect(read).toContainText('Done. 5 points more.');
  await expect(page.locator('html')).toHaveAttribute('data-action', /"action":"read","points":5/);
});

test('sharing: by address or by a link to copy, each with its channel; it counts later', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await show(page, 'raffle');
  const tell = step(page, 'tell');
  await tell.getByRole('button', { name: /Share/ }).click();
  await expect(tell.getByRole('link', { name: 'E-mail' })).toHaveAttribute('href', /^mailto:.*channel%3Demail/);
  await expect(tell.getByRole('link', { name: /WhatsApp/ })).toContainText('counted');
  await tell.getByRole('button', { name: 'Copy link' }).click();
  await expect(tell).toContainText('Shared. It counts as soon as somebody follows the link.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('channel=club');
  expect(await breaches(page)).toEqual([]);
});

test('a form: the first field that is missing is named; a daily step waits till tomorrow', async ({ page }) => {
  await show(page, 'raffleFresh');
  const about = step(page, 'about');
  await about.getByRole('button', { name: /Fill in/ }).click();
  await about.getByLabel('Cups a day').selectOption('Two');
  await about.getByRole('button', { name: 'Send' }).click();
  await expect(about).toContainText('Please fill in: Your town');
  await expect(about.getByLabel('Your town')).toBeFocused();
  await about.getByLabel('Your town').fill('Porto');
  await about.getByLabel('Your town').press('Enter');
  await expect(about).toContainText('Done. 4 points more.');
  await step(page, 'daily')
    .getByRole('button', { name: /Check in/ })
    .click();
  await expect(step(page, 'daily')).toContainText('Again in 9 hours');
});

test('the waitlist: joined by the rules, then a place and the link that moves it up', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await show(page, 'waitlistJoin');
  await contest(page)
    .getByLabel(/read the rules/)
    .check();
  await contest(page).getByRole('button', { name: 'Join', exact: true }).click();
  await expect(contest(page)).toContainText('You are number 3,401 of 3,401.');
  await contest(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(said(page)).toHaveText(/Link copied|You take part/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/r/MIRA-7K2F');
});

test('a stranger reads as well that a prize of an instant win is gone, and no odds of it', async ({ page }) => {
  await open(page, { show: 'contest', scenario: 'instantGone' });
  await contest(page).locator('.title').waitFor();
  await expect(contest(page)).toContainText('None left: nobody can win it any more.');
  await expect(contest(page)).toContainText('one play in 10 wins · 1,233 of 5,000 left');
  await expect(contest(page)).not.toContainText('one play in 500');
});

test('an instant win: calm either way, one key for a play that got no answer', async ({ page }) => {
  const keys: (string | undefined)[] = [];
  let fail = true;
  await page.route(/\/plays$/, async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (fail) await route.abort();
    else await route.continue();
  });
  await show(page, 'instant');
  const play = contest(page).getByRole('button', { name: 'Play' });
  await play.press('Enter');
  await expect(contest(page)).toContainText('That did not get through');
  fail = false;
  await play.press('Enter');
  await expect(contest(page)).toContainText(/Nothing this time.*1 play left today/s);
  await play.press('Enter');
  await expect(contest(page)).toContainText(/You won: Enamel mug.*No plays left today/s);
  await expect(contest(page).locator('.outcome')).toBeFocused();
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
  expect(await breaches(page)).toEqual([]);
});

test('teams: refusals in words, joined by the code, left after asking once more', async ({ page }) => {
  await show(page, 'teamsNone');
  const name = contest(page).getByLabel('Name of a new team');
  await name.fill('taken');
  await name.press('Enter');
  await expect(contest(page)).toContainText('Another team has this name.');
  const code = contest(page).getByLabel('Invite code');
  for (const [value, words] of [
    ['', 'Please enter the code.'],
    ['WRONG', 'No team has this code.'],
    ['FULL', 'That team is full.'],
  ] as const) {
    await code.fill(value);
    await code.press('Enter');
    await expect(contest(page)).toContainText(words);
  }
  await code.fill('BIRD-7K2F');
  await code.press('Enter');
  await expect(contest(page)).toContainText(/The Early Birds.*Joaquim/s);
  await expect(contest(page).locator('.teamname')).toBeFocused();
  const leave = contest(page).getByRole('button', { name: 'Leave the team' });
  await leave.click();
  await contest(page).getByRole('button', { name: 'Stay' }).click();
  await leave.click();
  await leave.click();
  await expect(contest(page).getByLabel('Name of a new team')).toBeFocused();
  await contest(page).getByLabel('Name of a new team').fill('Owls');
  await contest(page).getByLabel('Name of a new team').press('Enter');
  await expect(contest(page).locator('.teamname')).toHaveText('Owls');
});

test('a prize is claimed: needed fields, a server that does not answer, then done', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('laurel:claimed', (event) => {
      document.documentElement.dataset.claimed = (event as CustomEvent).detail.prize;
    });
  });
  await show(page, 'winner');
  const claim = contest(page).getByRole('button', { name: 'Claim' });
  await claim.press('Enter');
  const address = contest(page).getByLabel('Where to send it');
  await expect(address).toBeFocused();
  await expect(contest(page)).toContainText('Please fill in: Where to send it');
  await address.fill('down');
  await contest(page).getByLabel('Whole beans or ground').selectOption('Ground');
  await claim.press('Enter');
  await expect(contest(page)).toContainText('What you typed is still here');
  await address.fill('1 Quay Road');
  await claim.press('Enter');
  await expect(contest(page)).toContainText('You have claimed it.');
  await expect(page.locator('html')).toHaveAttribute('data-claimed', 'Enamel mug');
  await expect(contest(page).locator('[data-won]')).toBeFocused();
});

test('a prize that went to somebody else meanwhile is said kindly', async ({ page }) => {
  await show(page, 'winner');
  await contest(page).getByLabel('Where to send it').fill('late');
  await contest(page).getByLabel('Whole beans or ground').selectOption('Ground');
  await contest(page).getByRole('button', { name: 'Claim' }).click();
  await expect(contest(page)).toContainText('This prize can no longer be claimed.');
});

test('the draw is checked on the device: three steps, the own receipt, under a strict policy', async ({ page }) => {
  await page.addInitScript(() => {
    const scope = window as unknown as { violations: string[] };
    scope.violations = [];
    addEventListener('securitypolicyviolation', (event) => scope.violations.push(event.violatedDirective));
    document.addEventListener('laurel:verified', (event) => {
      document.documentElement.dataset.verified = String((event as CustomEvent).detail.valid);
    });
  });
  await show(page, 'endedRaffle', { csp: '1' });
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((name) => /receipt/.test(name)).length))
    .toBe(1);
  await contest(page).getByRole('button', { name: 'Check the draw' }).press('Enter');
  const proofs = contest(page).locator('.proofs');
  await expect(proofs).toBeFocused();
  await expect(proofs).toContainText('Everything fits. Your device worked it out itself.', { timeout: 15_000 });
  await expect(proofs.locator('.proof.passed')).toHaveCount(3);
  await expect(proofs).toContainText(
    /Round 1000 of the public beacon drand.*24 entries, 4,854 tickets.*Your own receipt fits: 308 of the tickets are yours.*11 winners follow from it/s,
  );
  await expect(page.locator('html')).toHaveAttribute('data-verified', 'true');
  await expect(proofs.getByRole('link', { name: /evidence\.json/ })).toHaveAttribute('href', /\/draw\/evidence\.json$/);
  await expect(proofs.getByRole('link', { name: 'Evidence as a page' })).toHaveAttribute(
    'href',
    /\/draw\/evidence\.html$/,
  );
  expect(await breaches(page)).toEqual([]);
  expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([]);
});

test('a draw that was tampered with does not pass, and says what does not fit', async ({ page }) => {
  await show(page, 'forged');
  await contest(page).getByRole('button', { name: 'Check the draw' }).click();
  const proofs = contest(page).locator('.proofs');
  await expect(proofs).toContainText('Something does not fit.', { timeout: 15_000 });
  await expect(proofs.locator('.proof.failed')).toContainText(/What chance decided.*Place 1 of the order/s);
  await expect(proofs.locator('.proof.passed')).toHaveCount(2);
  expect(await breaches(page)).toEqual([]);
});

test('a receipt kept from the freeze that the evidence no longer keeps is told, however well the rest fits', async ({
  page,
}) => {
  await show(page, 'endedRaffle');
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).some((name) => /receipt/.test(name))))
    .toBe(true);
  await page.evaluate(() => {
    const name = Object.keys(localStorage).find((each) => /receipt/.test(each)) ?? '';
    const receipt = JSON.parse(localStorage.getItem(name) ?? '');
    localStorage.setItem(name, JSON.stringify({ ...receipt, weight: receipt.weight + 1 }));
  });
  await contest(page).getByRole('button', { name: 'Check the draw' }).click();
  const proofs = contest(page).locator('.proofs');
  await expect(proofs).toContainText('Your receipt does not fit', { timeout: 15_000 });
  await expect(proofs).toContainText('Something does not fit.');
});

test('evidence or the check itself that cannot be read says nothing against the draw', async ({ page }) => {
  await show(page, 'unreadable');
  await contest(page).getByRole('button', { name: 'Check the draw' }).click();
  await expect(contest(page)).toContainText('Nothing is said about the draw by that');
  await page.route(/laurel-verify\.js/, (route) => route.abort());
  await show(page, 'endedRaffle');
  await contest(page).getByRole('button', { name: 'Check the draw' }).click();
  await expect(contest(page)).toContainText('The evidence could not be read');
});

test('what is not needed is not read: no check, teams or results while a raffle runs', async ({ page }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await show(page, 'raffle');
  await expect(contest(page)).toContainText('How to earn points');
  await page.waitForTimeout(200);
  for (const part of ['verify', 'results', 'team', 'boards', 'escontest'])
    expect(files).not.toContain(`/laurel-${part}.js`);
});

test('API down: nothing is shown; later gone: what was known stays, and says so', async ({ page }) => {
  const codes = await errors(page);
  await open(page, { show: 'contest', scenario: 'down', signed: '1' });
  await expect.poll(codes).toContain('unavailable');
  await expect(contest(page).locator('.card')).toHaveCount(0);
  await expect(page.locator('#after')).toBeVisible();
  const live = page.waitForResponse(/\/live/);
  const act = await show(page, 'raffle');
  await live;
  await page.route(/\/contests\/spring$/, (route) => route.abort());
  await act('score', { who: '3', points: '5' });
  await expect(contest(page)).toContainText('No connection. This is how it stood at');
  await expect(contest(page).locator('.standing')).toBeVisible();
});

test('API silent: a skeleton for at most three seconds', async ({ page }) => {
  await open(page, { show: 'contest', scenario: 'hanging' });
  await expect(contest(page).locator('.bones')).toBeVisible();
  await page.waitForTimeout(3100);
  await expect(contest(page).locator('.bones')).toBeHidden();
});

test('an answer that makes no sense is not drawn', async ({ page }) => {
  await page.route(/\/contests\/spring\/me/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), actions: 'many' } });
  });
  const codes = await errors(page);
  await open(page, { show: 'contest', scenario: 'raffle', signed: '1' });
  await expect.poll(codes).toEqual(['unexpected_response']);
  await expect(contest(page).locator('.card')).toHaveCount(0);
});

test('signing out takes what is the participant’s own along', async ({ page }) => {
  await show(page, 'raffle');
  await expect(contest(page).locator('.standing')).toBeVisible();
  await page.evaluate(() => (window as unknown as { Laurel: { identify(token: null): void } }).Laurel.identify(null));
  await expect(contest(page).getByRole('button', { name: 'Take part' })).toBeVisible();
  await expect(contest(page).locator('.standing, .sources')).toHaveCount(0);
});

const boards: [view: string, scenario: string, words: RegExp][] = [
  ['friends', 'pinned', /You and your friends.*You.*47/s],
  ['teams', 'teamsMine', /Teams.*The Early Birds.*5 members.*=2.*tied with 1 other.*Your team/s],
  ['teams', 'raffle', /This contest has no teams/],
  [
    'cohort',
    'league',
    /Your group.*Division Silver, group 7.*The first 3 go up · The last 3 go down.*Goes up.*Goes down/s,
  ],
  ['cohort', 'leagueNone', /from your first points of this period on/],
  ['cohort', 'raffle', /This contest has no groups/],
  ['previous', 'pinned', /The period before.* to .*Mira/s],
];

for (const [view, scenario, words] of boards) {
  test(`board of ${view}, ${scenario}: says so, no rule breached, within 320 px`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await open(page, { show: 'board', view, scenario, signed: '1' });
    await expect(page.locator('laurel-leaderboard')).toContainText(words);
    expect(await breaches(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await breaches(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}

test('the cohort of the period before, by keyboard, and what became of it', async ({ page }) => {
  await open(page, { show: 'board', view: 'cohort', scenario: 'league', signed: '1' });
  const board = page.locator('laurel-leaderboard');
  const before = board.getByRole('button', { name: 'The one before' });
  await before.press('Enter');
  await expect(board).toContainText('You went up a division.');
  await expect(before).toHaveAttribute('aria-pressed', 'true');
  await expect(before).toBeFocused();
});

test('the board of an interval asks for that interval, page by page, and anew for another one', async ({ page }) => {
  const asked: (string | null)[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.endsWith('/interval')) asked.push(url.searchParams.get('interval'));
  });
  await open(page, { show: 'board', view: 'interval', interval: '2026-05-01/P7D', scenario: 'pinned' });
  const board = page.locator('laurel-leaderboard');
  await expect(board).toContainText('Chosen time');
  await board.getByRole('button', { name: 'Show more' }).press('Enter');
  await expect(board.locator('tbody tr')).toHaveCount(20);
  expect(asked).toEqual(['2026-05-01/P7D', '2026-05-01/P7D']);
  await board.evaluate((element) => element.setAttribute('interval', 'P1M/2026-05-01'));
  await expect.poll(() => asked.at(-1)).toBe('P1M/2026-05-01');
  expect(await breaches(page)).toEqual([]);
});

test('more of the period before; strangers are asked to sign in for what is their own', async ({ page }) => {
  await open(page, { show: 'board', view: 'previous', scenario: 'pinned' });
  const board = page.locator('laurel-leaderboard');
  await board.getByRole('button', { name: 'Show more' }).press('Enter');
  await expect(board.locator('tbody tr')).toHaveCount(20);
  await open(page, { show: 'board', view: 'friends', scenario: 'pinned' });
  await expect(board).toContainText('Sign in to see yourself among your friends.');
});
