// Imports go one way. Checks every import of every source file against the layers, the features' faces and the
// package's own declared dependencies. Type-only imports count too, except that
// domain rules may name a type of the infrastructure.
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { root, walk } from '../lib/runtime.mjs';

/** Each package may use those that stand in its row, and nothing else of ours. */
const LAYERS = {
  kernel: [],
  gm: ['kernel'],
  pki: ['kernel', 'gm'],
  ledger: ['kernel', 'gm', 'pki'],
  seal: ['kernel', 'gm', 'pki'],
  'soft-token': ['kernel', 'gm', 'pki'],
  'keybridge-client': ['kernel'],
  'phone-key': ['kernel', 'gm'],
  library: ['kernel'],
  contracts: ['kernel', 'library', 'phone-key'],
  theme: [],
  sdk: ['kernel', 'gm', 'pki', 'keybridge-client', 'library', 'contracts'],
  'contracts-evm': [],
};
const PURE = Object.keys(LAYERS);
const BUILTIN = new Set(builtinModules);
const problems = [];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(type\s)?(?:[^'";]*?\sfrom\s)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;
const importsOf = (text) =>
  [...text.matchAll(IMPORT)].map((match) => ({
    specifier: match[2] ?? match[3],
    typeOnly: match[1] !== undefined,
  }));

function ownerOf(file) {
  const parts = path.relative(root, file).split(path.sep);
  if (parts[0] === 'packages' || parts[0] === 'apps')
    return { area: parts[0], name: parts[1], inside: parts.slice(2) };
  return { area: parts[0], name: parts[0], inside: parts.slice(1) };
}

const manifests = new Map();
function manifestOf(dir) {
  if (!manifests.has(dir))
    manifests.set(dir, JSON.parse(fs.readFileSync(path.join(root, dir, 'package.json'), 'utf8')));
  return manifests.get(dir);
}

function declared(manifest) {
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest;
  return new Set([
    ...Object.keys(dependencies),
    ...Object.keys(devDependencies),
    ...Object.keys(optionalDependencies),
  ]);
}

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function checkRelative(file, { specifier, typeOnly }, owner) {
  const target = path.resolve(path.dirname(file), specifier);
  const other = ownerOf(target);
  const report = (why) => problems.push(`${path.relative(root, file)}: ${specifier}: ${why}`);
  // A test may start another application, by the face that its own program uses.
  const startsApp =
    owner.inside[0] === 'test' && other.area === 'apps' && other.inside.join('/') === 'src/index.ts';
  if (startsApp) return;
  if (other.area !== owner.area || other.name !== owner.name)
    return report('leaves its package; import it by name');
  const [src, kind, feature, ...rest] = owner.inside;
  const [, otherKind, otherFeature, ...otherRest] = other.inside;
  if (owner.name !== 'server' || src !== 'src') return;
  if (kind === 'infra' && otherKind === 'features') report('infra knows no feature');
  const foreign = kind === 'features' && otherKind === 'features' && feature !== otherFeature;
  if (foreign && !(otherRest.length === 1 && otherRest[0] === 'index.ts'))
    report('only another feature’s index.ts is its face');
  if (kind === 'features' && rest[0] === 'domain' && otherKind === 'infra' && !typeOnly)
    report('domain rules do no I/O');
}

function checkPackage(file, { specifier }, owner) {
  const name = packageOf(specifier);
  const at = path.relative(root, file);
  const report = (why) => problems.push(`${at}: ${specifier}: ${why}`);
  const isTest = owner.inside[0] === 'test' || owner.area === 'test' || /\.(test|suite|config)\.ts$/.test(at);
  if (specifier.startsWith('node:') || BUILTIN.has(specifier)) {
    const nodeFolder = owner.inside.includes('node');
    if (owner.area === 'packages' && !isTest && !nodeFolder)
      report('packages are pure; Node belongs in a folder named node');
    return;
  }
  if (name.startsWith('@hufu/')) {
    const target = name.slice('@hufu/'.length);
    if (!PURE.includes(target)) return report('an application is imported by nobody');
    if (
      owner.area === 'packages' &&
      !isTest &&
      target !== owner.name &&
      !LAYERS[owner.name]?.includes(target)
    ) {
      report(`${owner.name} stands below or beside ${target}`);
    }
  }
  if (owner.area === 'scripts' || owner.area === 'test' || isTest) return;
  const dir = owner.area === 'packages' || owner.area === 'apps' ? `${owner.area}/${owner.name}` : owner.area;
  if (!fs.existsSync(path.join(root, dir, 'package.json'))) return;
  const manifest = manifestOf(dir);
  if (name !== manifest.name && !declared(manifest).has(name)) report(`not declared in ${dir}/package.json`);
}

const files = ['packages', 'apps', 'contracts-evm', 'bench', 'conformance', 'test']
  .flatMap((dir) => walk(path.join(root, dir)))
  .filter((file) => /\.(ts|tsx)$/.test(file));
for (const file of files) {
  const owner = ownerOf(file);
  for (const found of importsOf(fs.readFileSync(file, 'utf8'))) {
    if (found.specifier.startsWith('.')) checkRelative(file, found, owner);
    else checkPackage(file, found, owner);
  }
}

for (const problem of problems) console.error(problem);
console.log(`imports: ${files.length} files, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
