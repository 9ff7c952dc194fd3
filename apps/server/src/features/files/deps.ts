import type { Scanner } from '../../infra/antivirus/scanner.ts';
import type { Infra } from '../../infra/infra.ts';
import type { PageRenderer } from '../signing/index.ts';

export type FilesDeps = Infra & {
  readonly newId: () => string;
  readonly renderer: PageRenderer;
  /** Undefined: nobody looks for malware. */
  readonly scanner: Scanner | undefined;
};
