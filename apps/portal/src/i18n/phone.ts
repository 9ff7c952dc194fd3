import { phone as en } from './en/phone.ts';
import type { Catalogue } from './language.tsx';
import { phone as zh } from './zh/phone.ts';

export const phone: Catalogue<typeof zh> = { zh, en };
