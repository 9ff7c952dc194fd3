import { seals as en } from './en/seals.ts';
import type { Catalogue } from './language.tsx';
import { seals as zh } from './zh/seals.ts';

export const seals: Catalogue<typeof zh> = { zh, en };
