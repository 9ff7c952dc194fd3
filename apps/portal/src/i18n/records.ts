import { records as en } from './en/records.ts';
import type { Catalogue } from './language.tsx';
import { records as zh } from './zh/records.ts';

export const records: Catalogue<typeof zh> = { zh, en };
