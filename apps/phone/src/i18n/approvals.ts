import { approvals as en } from './en/approvals.ts';
import type { Catalogue } from './language.tsx';
import { approvals as zh } from './zh/approvals.ts';

export const approvals: Catalogue<typeof zh> = { zh, en };
