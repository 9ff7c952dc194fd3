import { certificates as en } from './en/certificates.ts';
import type { Catalogue } from './language.tsx';
import { certificates as zh } from './zh/certificates.ts';

export const certificates: Catalogue<typeof zh> = { zh, en };
