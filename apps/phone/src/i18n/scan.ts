import { scan as en } from './en/scan.ts';
import type { Catalogue } from './language.tsx';
import { scan as zh } from './zh/scan.ts';

export const scan: Catalogue<typeof zh> = { zh, en };
