import { change as en } from './en/change.ts';
import type { Catalogue } from './language.tsx';
import { change as zh } from './zh/change.ts';

export const change: Catalogue<typeof zh> = { zh, en };
