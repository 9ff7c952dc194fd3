import { hub as en } from './en/hub.ts';
import type { Catalogue } from './language.tsx';
import { hub as zh } from './zh/hub.ts';

export const hub: Catalogue<typeof zh> = { zh, en };
