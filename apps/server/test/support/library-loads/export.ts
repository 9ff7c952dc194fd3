import { randomUUID } from 'node:crypto';
import v8 from 'node:v8';
import vm from 'node:vm';
import { exampleValues, recordType } from '@hufu/library';
import { recordLoader } from '../../../src/features/records/index.ts';
import { withTransaction } from '../../../src/infra/database/database.ts';
import type { Infra } from '../../../src/infra/infra.ts';
import { type Asking, openApi, rowsOf } from './ground.ts';

const TYPE = 'award';
const BATCH = 1_000;
const FILE = { sha256: 'f'.repeat(64), name: '证明.pdf', size: 1_048_576, mediaType: 'application/pdf' };

/** An organisation gets records until it has so many of that type. */
async function fillUp(infra: Infra, entityId: string, count: number): Promise<void> {
  const type = recordType(TYPE);
  const loader = recordLoader(infra);
  const [{ had }] = (await rowsOf<{ had: number }>(
    infra,
    'select count(*)::int as had from library_award where entity_id = $1',
    [entityId],
  )) as [{ had: number }];
  for (let at = had; at < count; at += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => ({
      id: randomUUID(),
      entityId,
      type: TYPE,
      event: 'submit',
      state: 'normal',
      values: exampleValues(type, { seed: at + i, file: () => FILE, reference: () => undefined }),
      system: {},
      at: new Date(infra.clock.now()),
    }));
    await withTransaction(infra.database, (tx) => loader.load(tx, rows));
  }
}

const MB = 1_048_576;

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;
/** Pieces of an answer between two looks at the memory. */
const BETWEEN_LOOKS = 25;

/** Reads an answer as it comes, and how much the process held meanwhile at most when its garbage was collected (MB). */
async function drained(answer: Response): Promise<{ bytes: number; held: number }> {
  let [bytes, held, pieces] = [0, 0, 0];
  const reader = answer.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes, held: held / MB };
    bytes += value.length;
    pieces += 1;
    if (pieces % BETWEEN_LOOKS !== 0) continue;
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    held = Math.max(held, heapUsed + external);
  }
}

/** An organisation's own export, of growing numbers of records: rows a second, and memory held. */
export async function exportLoad(infra: Infra): Promise<() => Promise<Record<string, number>>> {
  const ask: Asking = await openApi(infra);
  return async () => {
    const owners = await rowsOf<{ id: string }>(infra, 'select id from library_entity order by id limit 2');
    const sizes = [100_000, 10_000].map((count, at) => ({ count, id: owners[at]!.id })).toReversed();
    // Before anything is measured: what it takes to make them is not the export's.
    for (const { count, id } of sizes) await fillUp(infra, id, count);
    const measured: Record<string, number> = {};
    for (const { count, id } of sizes) {
      for (const format of ['csv', 'xlsx']) {
        const begun = performance.now();
        const { bytes, held } = await drained(await ask(id, `${TYPE}/export.${format}`));
        measured[`${format}${count}PerSecond`] = count / ((performance.now() - begun) / 1000);
        measured[`${format}${count}Held`] = held;
        measured[`${format}${count}Bytes`] = bytes / MB;
      }
    }
    return measured;
  };
}
