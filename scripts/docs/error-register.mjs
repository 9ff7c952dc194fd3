// docs/errors.md from the registers in the code: every exported constant whose name ends in _ERRORS.
import fs from 'node:fs';
import path from 'node:path';
import { loadTypeScript } from '../lib/load-ts.mjs';
import { root, walk } from '../lib/runtime.mjs';

const RETRY = { never: 'no', later: 'later', corrected: 'once corrected' };

const registerFiles = () =>
  ['packages', 'apps']
    .flatMap((dir) => walk(path.join(root, dir)))
    .filter((file) => file.includes(`${path.sep}src${path.sep}`) && file.endsWith('.ts'))
    .filter((file) => /export const [A-Z_]+_ERRORS\b/.test(fs.readFileSync(file, 'utf8')));

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A register may repeat an entry of another as it stands; a code with two meanings is a mistake. */
function isFirst({ code, entry, where, seen }) {
  const text = JSON.stringify(entry);
  const known = seen.get(code);
  seen.set(code, known ?? { where, text });
  if (known !== undefined && known.text !== text)
    throw new Error(`${code} differs in ${known.where} and in ${where}`);
  return known === undefined;
}

export async function errorRegister() {
  const sections = [];
  const seen = new Map();
  for (const file of registerFiles()) {
    const where = path.relative(root, file).replaceAll('\\', '/');
    const exported = Object.entries(await loadTypeScript(file)).filter(([name]) => name.endsWith('_ERRORS'));
    for (const [name, register] of exported) {
      const own = Object.entries(register).filter(([code, entry]) => isFirst({ code, entry, where, seen }));
      if (own.length === 0) continue;
      const rows = own.map(
        ([code, entry]) =>
          `| \`${code}\` | ${entry.status} | ${cell(entry.zh)} | ${cell(entry.en)} | ${RETRY[entry.retry]} |`,
      );
      sections.push(
        `## ${name}\n\nFrom \`${where}\`.\n\n| Code | HTTP | 中文 | English | Does a retry help? |\n|---|---|---|---|---|\n${rows.join('\n')}\n`,
      );
    }
  }
  const head =
    '# Error register\n\nGenerated from the registers in the code by `npm run docs`. Codes are stable: a client may act on them. ' +
    'Over HTTP they arrive as problem documents (RFC 9457) in the member `code`.\n';
  return `${head}\n${sections.join('\n')}`;
}
