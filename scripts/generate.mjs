// npm run generate -- --entities N [--seed S]: fills the database of the settings, to be measured.
import { checkNode, ensureBuild, ensureDependencies, run } from './lib/runtime.mjs';

checkNode();
await ensureDependencies();
await ensureBuild();
process.exit(await run(process.execPath, ['dist/server/generate.cli.js', ...process.argv.slice(2)]));
