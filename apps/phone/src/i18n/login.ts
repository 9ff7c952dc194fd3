import { login as en } from './en/login.ts';
import type { Catalogue } from './language.tsx';
import { login as zh } from './zh/login.ts';

export const login: Catalogue<typeof zh> = { zh, en };
