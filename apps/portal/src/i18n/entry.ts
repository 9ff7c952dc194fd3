import { entry as en } from './en/entry.ts';
import type { Catalogue } from './language.tsx';
import { entry as zh } from './zh/entry.ts';

export const entry: Catalogue<typeof zh> = { zh, en };
