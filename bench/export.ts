import { libraryLoad } from './lib/library-load.ts';
import type { BenchResult } from './lib/measure.ts';

const MEASURES = { PerSecond: 'rows/s', Bytes: 'MB', Held: 'MB' } as const;
const SAYS = { PerSecond: 'written', Bytes: 'size', Held: 'held in memory, at most' } as const;

/** An organisation's export of its own records, of two sizes: memory must not grow with the rows. */
export default async function bench(): Promise<BenchResult[]> {
  const grown = await libraryLoad('export');
  return grown.flatMap((size) =>
    ['csv', 'xlsx'].flatMap((format) =>
      ['10000', '100000'].flatMap((rows) =>
        (['PerSecond', 'Bytes', 'Held'] as const).map((name) => ({
          metric: `${rows} rows as ${format}, ${SAYS[name]}`,
          value: size[`${format}${rows}${name}`]!,
          unit: MEASURES[name],
        })),
      ),
    ),
  );
}
