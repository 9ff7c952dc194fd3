import { common as en } from './en/common.ts';
import type { Catalogue } from './language.tsx';
import { common as zh } from './zh/common.ts';

export const common: Catalogue<typeof zh> = { zh, en };
