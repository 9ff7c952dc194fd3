import { grants as en } from './en/grants.ts';
import type { Catalogue } from './language.tsx';
import { grants as zh } from './zh/grants.ts';

export const grants: Catalogue<typeof zh> = { zh, en };
