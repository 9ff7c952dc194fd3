import { evidence as en } from './en/evidence.ts';
import type { Catalogue } from './language.tsx';
import { evidence as zh } from './zh/evidence.ts';

export const evidence: Catalogue<typeof zh> = { zh, en };
