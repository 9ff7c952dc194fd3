import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readRegionProfile } from '../../../src/features/site/index.ts';

const DATA = fileURLToPath(new URL('../../../data', import.meta.url));

test('CA-003 the vendors’ sites for applying online are published, as data of the region', () => {
  const urls = readRegionProfile(DATA).guides.map(({ url }) => url);
  expect(urls).toContain('http://online.nmgca.com:8880/');
  expect(urls).toContain('http://www.share-sun.com/xsapply/admin/login.aspx?unitname=erlianhaote');
});
