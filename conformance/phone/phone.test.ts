import { afterAll, beforeAll } from 'vitest';
import { createPhoneWorld, type PhoneWorld } from '../support/phone-world.ts';
import { START_WITHIN_MS } from '../support/programs.ts';
import { phoneCertificateSuite } from './certificate.suite.ts';
import { phoneFaultsSuite } from './faults.suite.ts';

// One world for both: it takes longer to start than either suite to run. The kills come last.
let world: PhoneWorld;
beforeAll(async () => {
  world = await createPhoneWorld();
}, START_WITHIN_MS);
afterAll(() => world?.close());

phoneCertificateSuite(() => world);
phoneFaultsSuite(() => world);
