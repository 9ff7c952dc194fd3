import { devices as en } from './en/devices.ts';
import type { Catalogue } from './language.tsx';
import { devices as zh } from './zh/devices.ts';

export const devices: Catalogue<typeof zh> = { zh, en };
