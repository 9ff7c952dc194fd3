import { libraryLoad } from './lib/library-load.ts';
import type { BenchResult } from './lib/measure.ts';

const STEPS = { staged: 'staged', judged: 'judged', written: 'written, with evidence' } as const;

/** The desk's bulk import on a growing PostgreSQL: rows a second of each of its steps. */
export default async function bench(): Promise<BenchResult[]> {
  const grown = await libraryLoad('import');
  return grown.flatMap((size) => [
    ...Object.entries(STEPS).map(([name, says]) => ({
      metric: `rows ${says}, of ${size['rows']} at ${size['entities']} entities`,
      value: size[name]!,
      unit: 'rows/s',
    })),
    { metric: 'processor time of the server, a row written', value: size['writingCpu']!, unit: 'µs' },
  ]);
}
