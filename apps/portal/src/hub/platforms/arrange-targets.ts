import type { PlatformGroup, Target } from '@hufu/contracts';
import { byGroup } from '../platform-groups.ts';

export type TargetSection = { readonly id: 'RECENT' | PlatformGroup; readonly targets: readonly Target[] };

const RECENT = 3;

/** Targets whose name holds every word of the query, in the groups of the chooser; recently used ones come first. */
export function arrangeTargets(targets: readonly Target[], q: string): readonly TargetSection[] {
  const words = q.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const found = targets.filter((target) => {
    const text = [target.name, target.nameEn, target.code, ...target.subsystems].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const recent = found
    .filter((target) => target.lastLoginAt !== null && target.reachable)
    .sort((a, b) => (b.lastLoginAt ?? '').localeCompare(a.lastLoginAt ?? ''))
    .slice(0, RECENT);
  const rest = found.filter((target) => !recent.includes(target));
  const sections = byGroup(rest).map(({ group, items }) => ({ id: group, targets: inOrder(items) }));
  return recent.length === 0 ? sections : [{ id: 'RECENT', targets: recent }, ...sections];
}

/** What can be entered before what cannot; otherwise the register's own order. */
function inOrder(targets: readonly Target[]): readonly Target[] {
  return [...targets].sort((a, b) => Number(b.reachable) - Number(a.reachable));
}
