// Generated documents are up to date, and every dependency is accounted for in docs/dependencies.md.
import fs from 'node:fs';
import path from 'node:path';
import { generated } from '../docs/generated.mjs';
import { root } from '../lib/runtime.mjs';

const problems = [];
const read = (file) =>
  fs.existsSync(path.join(root, file)) ? fs.readFileSync(path.join(root, file), 'utf8') : '';

for (const [file, make] of Object.entries(generated)) {
  if (read(file) !== (await make())) problems.push(`${file} is out of date: npm run docs`);
}

const listed = read('docs/dependencies.md');
const manifests = ['package.json']
  .concat(
    ...['packages', 'apps'].map((dir) =>
      fs.readdirSync(path.join(root, dir)).map((name) => `${dir}/${name}/package.json`),
    ),
  )
  .concat('bench/package.json', 'conformance/package.json');
for (const file of manifests.filter((name) => fs.existsSync(path.join(root, name)))) {
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = JSON.parse(read(file));
  for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
    if (!name.startsWith('@hufu/') && !listed.includes(`| ${name} |`))
      problems.push(`docs/dependencies.md lacks ${name} (${file})`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`docs: ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
