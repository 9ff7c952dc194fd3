import { libraryLoad } from './lib/library-load.ts';
import type { BenchResult } from './lib/measure.ts';

const STEPS = {
  list: 'list page',
  detail: 'detail',
  submit: 'submit, with evidence',
} as const;

/** The library's API over HTTP on a growing PostgreSQL: how times grow with the number of records. */
export default async function bench(): Promise<BenchResult[]> {
  const grown = await libraryLoad('records');
  return grown.flatMap((size) => {
    const at = `${size['entities']} entities, ${size['records']} records`;
    return [
      ...Object.entries(STEPS).flatMap(([name, says]) =>
        (['P50', 'P95'] as const).map((share) => ({
          metric: `${says}, ${share.toLowerCase()}, at ${at}`,
          value: size[`${name}${share}`]!,
          unit: 'ms',
        })),
      ),
      { metric: `filled, up to ${at}`, value: size['filling']!, unit: 'entities/s' },
    ];
  });
}
