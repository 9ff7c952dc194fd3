import { profile as en } from './en/profile.ts';
import type { Catalogue } from './language.tsx';
import { profile as zh } from './zh/profile.ts';

export const profile: Catalogue<typeof zh> = { zh, en };
