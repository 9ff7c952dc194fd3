// Builds the native half of pkcs11js once. Install scripts are off in this project, and the assistant's PKCS#11 driver
// is the only part that needs compiled code. The binding is plain N-API: three C++ files and Node's own headers, so
// the compiler is called directly, without node-gyp, Python or a download. Says so and fails when it cannot.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(new URL('../apps/keybridge/package.json', import.meta.url));

function packageFolder() {
  try {
    const graphene = createRequire(require.resolve('graphene-pk11'));
    return path.dirname(graphene.resolve('pkcs11js/package.json'));
  } catch {
    return undefined;
  }
}

/** Where Node's headers may be: beside its binary (official builds), with the system's package, or in node-gyp's cache. */
function findHeaders() {
  const version = process.versions.node;
  const prefix = path.resolve(path.dirname(fs.realpathSync(process.execPath)), '..');
  const cache = {
    darwin: path.join(os.homedir(), 'Library/Caches/node-gyp', version),
    win32: path.join(process.env.LOCALAPPDATA ?? os.homedir(), 'node-gyp/Cache', version),
  };
  const places = [
    path.join(prefix, 'include/node'),
    '/usr/include/node',
    '/usr/local/include/node',
    path.join(cache[process.platform] ?? path.join(os.homedir(), '.cache/node-gyp', version), 'include/node'),
  ];
  return places.find((place) => fs.existsSync(path.join(place, 'node_api.h')));
}

function loads(binary) {
  const probe = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(binary)})`]);
  return probe.status === 0;
}

function compile(folder, headers, binary) {
  const recipe = fs.readFileSync(path.join(folder, 'binding.gyp'), 'utf8');
  const files = [...recipe.matchAll(/"(src\/[\w-]+\.cpp)"/g)].map((match) => match[1]);
  const linking =
    process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-fPIC'];
  const partial = `${binary}.${process.pid}.tmp`;
  const compiled = spawnSync(
    process.env.CXX ?? 'c++',
    [
      ...linking,
      ...['-std=c++17', '-O2', '-w', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_GYP_MODULE_NAME=pkcs11'],
      ...['-DBUILDING_NODE_EXTENSION', '-I', headers, '-I', path.join(folder, 'includes')],
      ...files.map((name) => path.join(folder, name)),
      ...['-o', partial],
      ...(process.platform === 'linux' ? ['-ldl'] : []),
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (compiled.status !== 0) return false;
  // Two runs at once end with a whole file either way.
  fs.renameSync(partial, binary);
  return true;
}

function build() {
  const folder = packageFolder();
  if (folder === undefined) return 'pkcs11js is not installed: run npm ci (it is an optional dependency)';
  const binary = path.join(folder, 'build/Release/pkcs11.node');
  if (fs.existsSync(binary) && loads(binary)) return undefined;
  if (process.platform === 'win32')
    return 'on Windows, build it with: npx node-gyp rebuild (in node_modules/pkcs11js)';
  const headers = findHeaders();
  if (headers === undefined) return 'no Node headers (node_api.h) found';
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  if (!compile(folder, headers, binary)) return 'the compiler failed';
  return loads(binary) ? undefined : 'the built binding does not load';
}

const problem = build();
if (problem !== undefined) {
  console.error(`PKCS#11 binding: ${problem}`);
  process.exit(1);
}
