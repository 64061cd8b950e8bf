import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';

interface Visitors {
  /**
   * Opens a page in a context of its own, of the browser `from` where one is given. Whatever it complains about in its console fails the test, but for what is
   * `expected`: a browser reports each answer that is an error, and each request without a connection.
   */
  visitor(options?: BrowserContextOptions, expected?: RegExp, from?: Browser): Promise<Page>;
  /** A second Chromium, started for this test alone: it shares no process with the first. */
  otherBrowser: Browser;
}

/** Tests whose visitors are watched: an error in a console, or a violated Content-Security-Policy, fails them. */
export const test = base.extend<Visitors>({
  otherBrowser: async ({ playwright, launchOptions }, use) => {
    const other = await playwright.chromium.launch(launchOptions);
    await use(other);
    await other.close();
  },
  visitor: async ({ browser, contextOptions, viewport }, use) => {
    const complaints: string[] = [];
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (options = {}, expected, from = browser) => {
      const context = await from.newContext({ viewport, ...contextOptions, ...options });
      contexts.push(context);
      context.on('weberror', ({ error }) => {
        complaints.push(String(error()));
      });
      context.on('console', (message) => {
        const page = message.page()?.url();
        // The browser reports it when a form comes back with its slips marked.
        if (message.location().url === page && message.text().includes('status of 422')) return;
        if (expected?.test(message.text())) return;
        if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} (${page})`);
      });
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(complaints).toEqual([]);
  },
});

export { expect };
