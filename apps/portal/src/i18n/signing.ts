import { signing as en } from './en/signing.ts';
import type { Catalogue } from './language.tsx';
import { signing as zh } from './zh/signing.ts';

export const signing: Catalogue<typeof zh> = { zh, en };
