import { randomBytes } from 'node:crypto';
import { assertKnownAnswer } from './known-answer.ts';
import { openSslSm2 } from './openssl-sm2.ts';

export { nodePbkdf2 } from './pbkdf2.ts';
export { RecentCache } from './recent-cache.ts';
export { openSslSm2 };

/** Run at start: proves that this Node's OpenSSL signs SM2 as the standard asks. @throws GM_SELF_TEST */
export const assertSm2KnownAnswer = (): void => assertKnownAnswer(openSslSm2(randomBytes));
