import { bind as en } from './en/bind.ts';
import type { Catalogue } from './language.tsx';
import { bind as zh } from './zh/bind.ts';

export const bind: Catalogue<typeof zh> = { zh, en };
