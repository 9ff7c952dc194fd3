import { afterAll, beforeAll } from 'vitest';
import { createInstallation, type Installation, WIDE_LIMITS } from '../support/installation.ts';
import { START_WITHIN_MS } from '../support/programs.ts';
import { apacheSuite } from './apache.suite.ts';
import { openidClientSuite, platform } from './openid-client.suite.ts';
import { outsideToolsSuite } from './outside-tools.suite.ts';

// One installation for all who only use it: each start takes longer than most of these suites.
let hub: Installation;
beforeAll(async () => {
  hub = await createInstallation({
    authorities: [
      { id: 'caoyuan', algorithm: 'sm2', vendor: 'a' },
      { id: 'hetao', algorithm: 'p256', vendor: 'c' },
    ],
    platforms: () => [platform('hohhot'), platform('ulanqab')],
    operators: [['reviewer', 'admin'], ['reviewer']],
    env: WIDE_LIMITS,
  });
}, START_WITHIN_MS);
afterAll(() => hub?.close());

openidClientSuite(() => hub);
apacheSuite(() => hub);
outsideToolsSuite(() => hub);
