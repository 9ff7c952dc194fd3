import { runPkits } from './suite.ts';

/** `node run.ts FOLDER`: prints every run that differs from PKITS' document, then the count. */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: run.ts FOLDER (holds certs and crls of PKITS)');
  process.exit(2);
}
const results = await runPkits(folder);
const wrong = results.filter(({ run, accepted }) => accepted !== run.valid);
for (const { run, why } of wrong) {
  console.log(run.valid ? 'refused' : 'ACCEPTED', run.name, JSON.stringify(run.inputs), why);
}
console.log(`${results.length - wrong.length} of ${results.length} as documented`);
process.exitCode = wrong.length > 0 ? 1 : 0;
