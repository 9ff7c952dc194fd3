import { verify as en } from './en/verify.ts';
import type { Catalogue } from './language.tsx';
import { verify as zh } from './zh/verify.ts';

export const verify: Catalogue<typeof zh> = { zh, en };
