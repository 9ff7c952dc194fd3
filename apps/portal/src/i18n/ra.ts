import { ra as en } from './en/ra.ts';
import type { Catalogue } from './language.tsx';
import { ra as zh } from './zh/ra.ts';

export const ra: Catalogue<typeof zh> = { zh, en };
