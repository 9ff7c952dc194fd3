// docs/records.md from the declarations of the entity library.
import path from 'node:path';
import { loadTypeScript } from '../lib/load-ts.mjs';
import { root } from '../lib/runtime.mjs';

const HEAD = `# Records of the entity library

Generated from the declarations in \`packages/library/src/modules\` by \`npm run docs\`. A declaration is all there is of a
record type: forms, lists, validation, interfaces, storage, sheets and evidence follow from it
([ADR 0080](adr/0080-records-are-declarations.md)).

**Every step** is a new version; nothing is overwritten. 作废 keeps the record for ever (GEN-005). Only states that are
*usable in bidding* are given to a platform (GEN-007). *Personal* fields are sealed at rest and masked in lists.
*Certificate* fields come from a verified certificate or identity, *derived* ones from other fields. Fields that came
from the project library are locked for each record, whatever their type says (LIB-PERF-11).`;

function listsTable(lists) {
  const rows = lists.map(
    ({ name, source, date, entries }) => `| \`${name}\` | ${source} | ${date} | ${entries.length} |`,
  );
  return ['## Code lists', '', '| Name | Source | As of | Entries |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}

export async function records() {
  const library = await loadTypeScript(path.join(root, 'packages/library/src/index.ts'));
  const lists = await Promise.all(library.CODE_LIST_NAMES.map(library.loadCodeList));
  return `${[HEAD, library.describeModules(library.MODULES), listsTable(lists)].join('\n\n')}\n`;
}
