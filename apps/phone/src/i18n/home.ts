import { home as en } from './en/home.ts';
import type { Catalogue } from './language.tsx';
import { home as zh } from './zh/home.ts';

export const home: Catalogue<typeof zh> = { zh, en };
