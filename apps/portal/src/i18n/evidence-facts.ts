import { evidenceFacts as en } from './en/evidence-facts.ts';
import type { Catalogue } from './language.tsx';
import { evidenceFacts as zh } from './zh/evidence-facts.ts';

export const evidenceFacts: Catalogue<typeof zh> = { zh, en };
