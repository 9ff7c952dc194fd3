import { randomBytes } from 'node:crypto';
import { openSslSm2 } from '@hufu/gm/node';

/** One engine for all that this process signs and verifies: it keeps imported keys. */
export const sm2 = openSslSm2(randomBytes);
