import { preparation as en } from './en/preparation.ts';
import type { Catalogue } from './language.tsx';
import { preparation as zh } from './zh/preparation.ts';

export const preparation: Catalogue<typeof zh> = { zh, en };
