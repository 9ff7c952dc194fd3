import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Bundles the workspace's own packages from their TypeScript source; everything else stays an import. Node resolves
 * them, because under `packages: 'external'` esbuild's own resolver would leave them outside.
 */
export const inlineWorkspace = {
  name: 'inline-workspace',
  setup(build) {
    build.onResolve({ filter: /^@hufu\// }, ({ path: name, resolveDir }) => ({
      path: createRequire(path.join(resolveDir, 'from.js')).resolve(name),
    }));
  },
};
