import { confirm as en } from './en/confirm.ts';
import type { Catalogue } from './language.tsx';
import { confirm as zh } from './zh/confirm.ts';

export const confirm: Catalogue<typeof zh> = { zh, en };
