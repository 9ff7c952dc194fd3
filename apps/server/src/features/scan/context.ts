import type { ScanDeps } from './deps.ts';
import type { ScanWatch } from './watch.ts';

export type ScanContext = ScanDeps & ScanWatch;
