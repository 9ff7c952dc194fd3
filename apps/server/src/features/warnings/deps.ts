import type { Infra } from '../../infra/infra.ts';

export type WarningDeps = Infra & { readonly newId: () => string };
