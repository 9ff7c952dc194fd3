import { unbind as en } from './en/unbind.ts';
import type { Catalogue } from './language.tsx';
import { unbind as zh } from './zh/unbind.ts';

export const unbind: Catalogue<typeof zh> = { zh, en };
