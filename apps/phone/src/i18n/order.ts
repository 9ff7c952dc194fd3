import { order as en } from './en/order.ts';
import type { Catalogue } from './language.tsx';
import { order as zh } from './zh/order.ts';

export const order: Catalogue<typeof zh> = { zh, en };
