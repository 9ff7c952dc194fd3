import { createDirectory } from '../../../src/features/entities/accounts/directory.ts';
import { startImport } from '../../../src/features/stewards/imports/imports.ts';
import { judgeRows } from '../../../src/features/stewards/imports/judge-rows.ts';
import { stageRows } from '../../../src/features/stewards/imports/stage-rows.ts';
import { writeRows } from '../../../src/features/stewards/imports/write-rows.ts';
import type { StewardDeps } from '../../../src/features/stewards/ports.ts';
import type { Infra } from '../../../src/infra/infra.ts';
import { recordsOf, rowsOf } from './ground.ts';

/** As many organisations at most: their accounts are of one sheet. */
const MOST = 20_000;

/** Sheets of bank accounts, two for each organisation: staged, judged and written as the desk's job does it. */
export async function importLoad(infra: Infra): Promise<(size: number) => Promise<Record<string, number>>> {
  const { records } = await recordsOf(infra);
  await records.prepare();
  const directory = createDirectory(infra);
  const deps = { ...infra, directory, records } as unknown as StewardDeps;
  let accounts = Date.now();
  return async (size) => {
    const codes = await rowsOf<{ uscc: string }>(
      infra,
      'select uscc from entity where uscc is not null limit $1',
      [Math.min(size, MOST)],
    );
    const lines = [...codes, ...codes].map(({ uscc }) => {
      accounts += 1;
      return `${uscc},一般存款账户,青山建设,6200${accounts},中国工商银行,城中支行`;
    });
    const sheet = ['统一社会信用代码,账户类型,账户名称,银行账号,开户银行,开户网点', ...lines].join('\n');
    const id = await startImport(deps, {
      typeName: 'bank-account',
      fileName: 'bench.csv',
      bytes: new TextEncoder().encode(sheet),
      actor: { kind: 'operator', id: 'bench' },
      from: {},
    });
    const perSecond = async (work: () => Promise<void>) => {
      const begun = performance.now();
      await work();
      return lines.length / ((performance.now() - begun) / 1000);
    };
    const staged = await perSecond(() => stageRows(deps, id));
    const judged = await perSecond(() => judgeRows(deps, id));
    await rowsOf(infra, "update library_import set state = 'WRITING' where id = $1", [id]);
    const before = process.cpuUsage();
    const written = await perSecond(() => writeRows(deps, id));
    const { user, system } = process.cpuUsage(before);
    const [done] = await rowsOf<{ count: number }>(
      infra,
      "select count(*)::int as count from library_import_row where import_id = $1 and verdict = 'WRITTEN'",
      [id],
    );
    if (done?.count !== lines.length) throw new Error(`written ${done?.count} of ${lines.length}`);
    return { rows: lines.length, staged, judged, written, writingCpu: (user + system) / lines.length };
  };
}
