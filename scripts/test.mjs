// Everything that must pass. Arguments name the steps to run; without any, all of them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bin, cache, checkNode, ensureBuild, ensureDependencies, root, run } from './lib/runtime.mjs';

checkNode();
await ensureDependencies();
const { ensureSystem } = await import('./lib/system.mjs');
const { startPostgres } = await import('./lib/postgres.mjs');

const chosen = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
/** What failed, with the beginning of its message: repeated at the end, where a long log is cut last. */
const complaints = [];

async function step(name, work) {
  if (chosen.length > 0 && !chosen.includes(name)) return;
  const begun = Date.now();
  const result = await work();
  for (const key of Object.keys(total)) total[key] += result[key] ?? 0;
  if (result.failed > 0) failures.push(name);
  const { passed, failed, skipped = 0 } = result;
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`[${name}] ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`);
}

const gate = async (command, args) => {
  const code = await run(command, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
};
const node = (...args) => gate(process.execPath, args);

/**
 * What the engine of the database cannot change runs once, on the one that is named. The embedded engine has one session
 * and no rivals: that a feature never waits for itself in it is also seen by the suites of conformance and of the browser,
 * which run the whole product on it.
 */
const ONCE = {
  // A chain's node and authorities over HTTP: their rows are few, and rivals at a row exist on PostgreSQL alone.
  postgresql: [
    'evidence-anchors/**',
    'trust/vendors.test.ts',
    'trust/judge.test.ts',
    'evidence/monitor.test.ts',
    'evidence/rotation.test.ts',
    'stewards/search.test.ts',
    // Refused by the declarations before a row is read; rows that other files write on both.
    'desk/authorisation-matrix.test.ts',
    'records/every-type.test.ts',
    'records/simple-modules.test.ts',
    'demo-library/**',
    'generate/**',
    // Walked in the browser, and cut off by conformance, on the embedded engine.
    'signing/**',
    'entities/**',
    'exchange/**',
    'identity-provider/**',
    'phone/**',
    'ra/**',
    'scan/**',
    'hub/slow-authority.test.ts',
  ],
  // No database at all, or the embedded one by name; a scanner and a store of others, whose rows are few.
  embedded: [
    'infra/embedded.test.ts',
    'infra/http.test.ts',
    'infra/attachments-s3.test.ts',
    'library-files/scanner.test.ts',
    'site/**',
    'hub/deadline.test.ts',
  ],
};

const leaveOut = (files) => files.flatMap((one) => ['--exclude', `apps/server/test/integration/${one}`]);

const beginning = (message = '') => message.slice(0, 600);

async function vitest(project, { env = {}, only = [], name = project, flags = [] } = {}) {
  const file = path.join(cache, `vitest-${name}.json`);
  fs.rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(
    process.execPath,
    [bin('vitest/vitest.mjs'), 'run', '--project', project, ...reporters, ...flags, ...only],
    { env },
  );
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const suite of report.testResults.filter(({ status }) => status === 'failed')) {
    const place = path.relative(root, suite.name);
    if (suite.message) complaints.push(`[${name}] ${place}: ${beginning(suite.message)}`);
    for (const test of suite.assertionResults.filter(({ status }) => status === 'failed')) {
      complaints.push(`[${name}] ${place} › ${test.fullName}: ${beginning(test.failureMessages[0])}`);
    }
  }
  const failed = report.numFailedTests || (code === 0 ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

async function playwright() {
  const file = path.join(cache, 'playwright.json');
  fs.rmSync(file, { force: true });
  const code = await run(process.execPath, [bin('@playwright/test/cli.js'), 'test'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: failed || (code === 0 ? 0 : 1), skipped: stats.skipped };
}

async function oneAfterTheOther(steps) {
  for (const [name, ...args] of steps) await step(name, () => node(...args));
}

const typescript = bin('typescript/bin/tsc');
await Promise.all([
  oneAfterTheOther([
    ['types', typescript, '-p', 'tsconfig.json'],
    ['unused', bin('knip/bin/knip.js'), '--no-progress'],
  ]),
  oneAfterTheOther([
    ['format-lint', bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.'],
    ['types-web', typescript, '-p', 'tsconfig.web.json'],
    // A program of its own: two apps' routers cannot be registered in one.
    ['types-phone', typescript, '-p', 'tsconfig.phone.json'],
    ['imports', 'scripts/gates/imports.mjs'],
    ['docs', 'scripts/gates/docs.mjs'],
  ]),
]);
await step('unit', () => vitest('unit'));

const absent = ensureSystem();
await step('system', () => ({ passed: absent.length === 0 ? 1 : 0, failed: absent.length }));
await step('pkcs11', () => node('scripts/build-pkcs11.mjs'));
await step('build', async () => {
  await ensureBuild();
  return { passed: 1, failed: 0 };
});
async function onPostgres() {
  const postgres = await startPostgres();
  try {
    return await vitest('integration', {
      env: { TEST_DATABASE_URL: postgres.url },
      // Only the server has a database.
      only: ['apps/server'],
      flags: leaveOut(ONCE.embedded),
      name: 'integration-postgres',
    });
  } finally {
    await postgres.stop();
  }
}

async function integration() {
  await step('integration', () => vitest('integration', { flags: leaveOut(ONCE.postgresql) }));
  await step('integration-postgres', onPostgres);
}

// Both sides wait more than they compute: for databases, for the programs that they start. Conformance starts many.
await Promise.all([
  integration(),
  step('conformance', () => vitest('conformance', { flags: ['--maxWorkers=1'] })),
]);
await step('browser', playwright);

for (const complaint of complaints) console.error(complaint);
if (failures.length > 0) console.error(`failed: ${failures.join(', ')}`);
const dirty = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).stdout;
if (dirty && process.env.CI) console.error(`the run left changes behind:\n${dirty}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
