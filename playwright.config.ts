import { defineConfig } from '@playwright/test';

/** Files that need no more than one bound key: they run at a demo of their own, beside the others. */
const BESIDE = ['bound', 'entries', 'library', 'profile', 'quality', 'refusals', 'unbind'].map(
  (name) => `${name}.spec.ts`,
);

/** At one demo the files run one after the other, in the order of their names: each goes on from where the last one left. */
const at = (demo: 'first' | 'second') => ({ name: demo, metadata: { demo }, workers: 1 });

export default defineConfig({
  testDir: 'test/e2e',
  // A shared machine may take its time.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Two demo installations serve all files: they are started once, in global setup.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  globalSetup: './test/e2e/support/global-setup.ts',
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  projects: [
    { ...at('first'), testIgnore: BESIDE },
    { ...at('second'), testMatch: BESIDE },
  ],
  outputDir: '.cache/test-results',
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    // Recording every step doubles the time of a run: on request only.
    trace: process.env['HUFU_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['HUFU_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--no-first-run',
      ],
    },
  },
});
