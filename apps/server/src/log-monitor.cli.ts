/**
 * Follows an evidence log from outside, on a machine and under an account that the log's operator does not control:
 *
 *     node log-monitor.cli.js --log https://hub.example/log --policy policy.json --state monitor.json
 *                             [--stale-minutes 60] [--every-seconds 60]
 *
 * The policy says whom to trust; fetch it once, compare it with what was published elsewhere, and keep it. With
 * DATABASE_URL in the environment the statements behind the leaves are examined, too. Prints a line of JSON for each
 * finding. Ends with 0 when nothing was found, 1 with findings, 2 when it could not look; with --every-seconds it
 * stays, and ends at the first finding.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '@hufu/kernel';
import { MONITOR_ALARMS, parsePolicy } from '@hufu/ledger';
import pg from 'pg';
import { recall, remember } from './log-monitor/memory.ts';
import { publishedLog } from './log-monitor/published-log.ts';
import { type Finding, visit } from './log-monitor/visit.ts';

const WORDS: Readonly<Record<Finding['code'], { readonly zh: string; readonly en: string }>> = {
  ...MONITOR_ALARMS,
  MONITOR_UNSTATED: {
    zh: '有业务数据没有对应的存证',
    en: 'Rows of business data of which no statement tells',
  },
  MONITOR_STATEMENT_MISSING: {
    zh: '日志条目对应的存证内容不见了',
    en: 'The statement behind a leaf is gone',
  },
};

const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    policy: { type: 'string' },
    state: { type: 'string' },
    'stale-minutes': { type: 'string', default: '60' },
    'every-seconds': { type: 'string' },
  },
});
const { log: address, policy: policyFile, state: stateFile } = values;
const staleAfter = Number(values['stale-minutes']) * 60_000;
const every = values['every-seconds'] === undefined ? undefined : Number(values['every-seconds']) * 1000;
if (address === undefined || policyFile === undefined || stateFile === undefined || !(staleAfter > 0)) {
  console.error(
    'usage: log-monitor --log ADDRESS --policy FILE --state FILE [--stale-minutes N] [--every-seconds N]',
  );
  process.exit(2);
}

try {
  for (;;) {
    const findings = await look({ address, policyFile, stateFile });
    if (findings > 0) process.exit(1);
    if (every === undefined) process.exit(0);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
} catch (error) {
  console.log(JSON.stringify({ code: 'MONITOR_UNREACHABLE', error: String(error) }));
  process.exit(2);
}

type Places = { readonly address: string; readonly policyFile: string; readonly stateFile: string };

/** @returns how many findings there were */
async function look({ address: at, policyFile: policy, stateFile: state }: Places): Promise<number> {
  const url = process.env['DATABASE_URL'];
  const database = url === undefined ? undefined : new pg.Client({ connectionString: url });
  await database?.connect();
  try {
    const { findings, memory } = await visit(recall(state), {
      log: publishedLog(at),
      policy: parsePolicy(fs.readFileSync(policy, 'utf8')),
      clock: systemClock,
      database,
      staleAfter,
    });
    for (const { code, fields } of findings) console.log(JSON.stringify({ code, ...WORDS[code], fields }));
    if (memory !== undefined) remember(state, memory);
    return findings.length;
  } finally {
    await database?.end();
  }
}
