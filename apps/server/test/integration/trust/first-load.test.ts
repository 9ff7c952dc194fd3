import { expect, test } from 'vitest';
import { createTrust } from '../../../src/features/trust/index.ts';
import { testInfra } from '../../support/infra.ts';
import { paperAuthority } from './paper-authority.ts';
import { REGION } from './trust-bench.ts';

test('a server that has only just started waits for its store instead of calling an authority unknown', async () => {
  const paper = await paperAuthority('paper');
  const infra = await testInfra();
  const fetch = async () => ({
    outcome: 'ok' as const,
    bytes: await paper.list(),
    etag: undefined,
    lastModified: undefined,
  });
  const before = createTrust(infra, { region: REGION, fetch });
  await before.seed(paper.seed());
  await before.desk.refresh('paper');

  const secondInfra = await testInfra({ database: infra.database });
  const reborn = createTrust(secondInfra, { region: REGION, fetch });
  const { decision } = await reborn.judge({ certificate: await paper.holder(), purpose: 'sign' });
  expect(decision).toEqual({ allow: true, policyName: 'paper@1' });
  await secondInfra.dispose();
  await infra.dispose();
}, 60_000);
