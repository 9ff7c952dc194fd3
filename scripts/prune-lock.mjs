// Drops from package-lock.json the optional platform binaries that the registry in use does not serve:
// npm writes the edge without the entry, and `npm ci` then refuses the lock. Run after every `npm install`.
import fs from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
const entries = lock.packages;

function isLocked(from, name) {
  for (let base = from; ; ) {
    if (entries[`${base === '' ? '' : `${base}/`}node_modules/${name}`]) return true;
    if (base === '') return false;
    const cut = base.lastIndexOf('/node_modules/');
    base = cut === -1 ? '' : base.slice(0, cut);
  }
}

let dropped = 0;
for (const [at, entry] of Object.entries(entries)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (isLocked(at, name)) continue;
    delete entry.optionalDependencies[name];
    dropped++;
  }
}
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${dropped} unavailable optional binaries dropped from the lock`);
