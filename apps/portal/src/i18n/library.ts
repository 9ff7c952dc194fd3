import { library as en } from './en/library.ts';
import type { Catalogue } from './language.tsx';
import { library as zh } from './zh/library.ts';

export const library: Catalogue<typeof zh> = { zh, en };
