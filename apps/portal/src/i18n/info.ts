import { info as en } from './en/info.ts';
import type { Catalogue } from './language.tsx';
import { info as zh } from './zh/info.ts';

export const info: Catalogue<typeof zh> = { zh, en };
