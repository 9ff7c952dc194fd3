import { apply as en } from './en/apply.ts';
import type { Catalogue } from './language.tsx';
import { apply as zh } from './zh/apply.ts';

export const apply: Catalogue<typeof zh> = { zh, en };
