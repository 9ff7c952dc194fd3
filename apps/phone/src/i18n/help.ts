import { help as en } from './en/help.ts';
import type { Catalogue } from './language.tsx';
import { help as zh } from './zh/help.ts';

export const help: Catalogue<typeof zh> = { zh, en };
