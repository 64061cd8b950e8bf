import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';

// The browser that is there: named by the environment, or the one that comes from npm.
async function browser(): Promise<string> {
  if (process.env.PLAYWRIGHT_CHROMIUM) return process.env.PLAYWRIGHT_CHROMIUM;
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

// The workers read this file too and must find the port of the first reading.
process.env.GALLERY_PORT ??= String(await freePort());
const port = process.env.GALLERY_PORT;

export default defineConfig({
  testDir: 'test',
  testMatch: '*.spec.ts',
  outputDir: 'node_modules/.playwright',
  workers: 2,
  fullyParallel: true,
  timeout: 20_000,
  expect: { timeout: 5000 },
  reporter: 'line',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    browserName: 'chromium',
    viewport: { width: 560, height: 900 },
    launchOptions: {
      executablePath: await browser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `${process.execPath} gallery/server.ts`,
    env: { PORT: port },
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
