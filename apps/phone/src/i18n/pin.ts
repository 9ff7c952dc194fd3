import { pin as en } from './en/pin.ts';
import type { Catalogue } from './language.tsx';
import { pin as zh } from './zh/pin.ts';

export const pin: Catalogue<typeof zh> = { zh, en };
