import { stewards as en } from './en/stewards.ts';
import type { Catalogue } from './language.tsx';
import { stewards as zh } from './zh/stewards.ts';

export const stewards: Catalogue<typeof zh> = { zh, en };
