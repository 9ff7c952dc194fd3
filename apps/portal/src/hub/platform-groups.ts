import type { PlatformGroup } from '@hufu/contracts';

/** OD-06, in the order of the chooser. */
export const GROUP_ORDER: readonly PlatformGroup[] = ['LIBRARY', 'REGIONAL_CENTRE', 'WEST', 'EAST'];

export type Grouped<T> = { readonly group: PlatformGroup; readonly items: readonly T[] };

/** Groups in the fixed order; empty ones are left out. */
export function byGroup<T extends { readonly group: PlatformGroup }>(
  items: readonly T[],
): readonly Grouped<T>[] {
  return GROUP_ORDER.map((group) => ({ group, items: items.filter((item) => item.group === group) })).filter(
    ({ items: found }) => found.length > 0,
  );
}
