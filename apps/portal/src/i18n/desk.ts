import { desk as en } from './en/desk.ts';
import type { Catalogue } from './language.tsx';
import { desk as zh } from './zh/desk.ts';

export const desk: Catalogue<typeof zh> = { zh, en };
