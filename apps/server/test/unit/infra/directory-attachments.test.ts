import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { directoryStore } from '../../../src/infra/attachments/directory-store.ts';
import { openSpool } from '../../../src/infra/attachments/spool.ts';
import { STORE_CASES } from '../../support/library/store-cases.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-store-'));
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

describe('attachments in a directory', () => {
  const spool = openSpool(path.join(directory, 'incoming'));
  const store = directoryStore(directory);
  test.each(STORE_CASES)('%s', (_name, prove) => prove({ store, spool }));
});
