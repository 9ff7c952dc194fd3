import { messages as en } from './en/messages.ts';
import type { Catalogue } from './language.tsx';
import { messages as zh } from './zh/messages.ts';

export const messages: Catalogue<typeof zh> = { zh, en };
