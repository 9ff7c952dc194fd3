import { uses as en } from './en/uses.ts';
import type { Catalogue } from './language.tsx';
import { uses as zh } from './zh/uses.ts';

export const uses: Catalogue<typeof zh> = { zh, en };
