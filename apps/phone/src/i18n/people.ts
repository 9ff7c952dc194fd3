import { people as en } from './en/people.ts';
import type { Catalogue } from './language.tsx';
import { people as zh } from './zh/people.ts';

export const people: Catalogue<typeof zh> = { zh, en };
