import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // One demo installation serves all files: it is started once, in global setup.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  globalSetup: './test/e2e/support/global-setup.ts',
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  // The walk binds the enterprise that the other files go on with.
  projects: [
    { name: 'walk', testMatch: 'walk.spec.ts' },
    { name: 'after', testIgnore: 'walk.spec.ts', dependencies: ['walk'] },
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
