import fs from 'node:fs';
import path from 'node:path';
import { DemoManifest } from '@hufu/contracts';
import type { Platforms } from '../platforms/index.ts';
import type { TrustSeed } from '../trust/index.ts';

export type SeedDeps = {
  readonly mode: 'demo' | 'configured';
  readonly platforms: Pick<Platforms, 'registerGivenClients'>;
  readonly trust: { seed(seed: TrustSeed): Promise<void> };
  readonly operators: {
    seed(operators: DemoManifest['operators']): Promise<void>;
  };
};

const place = (dataDirectory: string) => path.join(dataDirectory, 'demo', 'manifest.json');

/** What the launcher left for a demo server; undefined when there is nothing. */
export function readDemoManifest(dataDirectory: string): DemoManifest | undefined {
  const file = place(dataDirectory);
  return fs.existsSync(file) ? DemoManifest.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : undefined;
}

/**
 * Makes the demo's world: authorities, operators, platforms. Idempotent: it runs at every start, because addresses
 * and keys may be new. Demo data never enters a configured installation; the database's own mark refuses it, too.
 */
export async function seedDemo(deps: SeedDeps, manifest: DemoManifest): Promise<void> {
  if (deps.mode !== 'demo') throw new Error('demo data in a configured installation');
  await deps.trust.seed({ profiles: manifest.profiles, authorities: manifest.authorities });
  await deps.operators.seed(manifest.operators);
  await deps.platforms.registerGivenClients(
    manifest.platforms.map(({ code, clientId, clientSecret, ...fields }) => ({
      code,
      clientId,
      clientSecret,
      fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    })),
  );
}
