import { mapping as en } from './en/mapping.ts';
import type { Catalogue } from './language.tsx';
import { mapping as zh } from './zh/mapping.ts';

export const mapping: Catalogue<typeof zh> = { zh, en };
