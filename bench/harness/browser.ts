import { type Browser, chromium, type Page } from '@playwright/test';

/** A connection as Chrome's developer tools slow it down. */
export interface Connection {
  name: string;
  /** Bytes a second. */
  down: number;
  up: number;
  /** Milliseconds added to each request. */
  latency: number;
}

/** The preset "Slow 4G" of Chrome's developer tools: nine tenths of 1.6 Mbit/s and 0.75 Mbit/s, 3.75 × 150 ms. */
export const slow4G: Connection = { name: 'Slow 4G', down: 180_000, up: 84_375, latency: 562.5 };

/** 1.6 Mbit/s and a round trip of 150 ms, taken as they are. */
export const mobile: Connection = { name: '1.6 Mbit/s, 150 ms', down: 200_000, up: 93_750, latency: 150 };

/** Starts a browser as the repository's tests do. */
export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'],
  });

/** Does something in a fresh page without a cache, on a slow connection if one is given and with a slow processor. */
export async function inPage<T>(
  browser: Browser,
  work: (page: Page) => Promise<T>,
  { connection, slowdown = 1 }: { connection?: Connection; slowdown?: number } = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    if (connection) {
      const { down: downloadThroughput, up: uploadThroughput, latency } = connection;
      const conditions = { offline: false, downloadThroughput, uploadThroughput, latency };
      await session.send('Network.emulateNetworkConditions', conditions);
    }
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    return await work(page);
  } finally {
    await context.close();
  }
}
