import { libraryLoad } from './lib/library-load.ts';
import type { BenchResult } from './lib/measure.ts';

const PARTS = { two: 'two characters', four: 'four characters', whole: 'the whole name' } as const;

/** The desk's search over a growing number of names, projects and persons. */
export default async function bench(): Promise<BenchResult[]> {
  const grown = await libraryLoad('search');
  return grown.flatMap((size) =>
    Object.entries(PARTS).flatMap(([name, says]) =>
      (['P50', 'P95'] as const).map((share) => ({
        metric: `search for ${says}, ${share.toLowerCase()}, of ${size['entities']} entities`,
        value: size[`${name}${share}`]!,
        unit: 'ms',
      })),
    ),
  );
}
