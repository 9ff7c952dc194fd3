// docs/configuration.md from the server's own settings.
import path from 'node:path';
import { loadTypeScript } from '../lib/load-ts.mjs';
import { root } from '../lib/runtime.mjs';

export async function configuration() {
  const { describeConfiguration } = await loadTypeScript(
    path.join(root, 'apps/server/src/infra/config/describe.ts'),
  );
  return describeConfiguration();
}
