/** Bundles the workspace's own packages from their TypeScript source; everything else stays an import. */
export const inlineWorkspace = {
  name: 'inline-workspace',
  setup(build) {
    build.onResolve({ filter: /^@hufu\// }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === 'resolving') return undefined;
      const found = await build.resolve(path, { resolveDir, kind, pluginData: 'resolving' });
      return { ...found, external: false };
    });
  },
};
