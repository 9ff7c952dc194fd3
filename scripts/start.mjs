import { checkNode, ensureBuild, ensureDependencies, run } from './lib/runtime.mjs';

checkNode();
await ensureDependencies();
await ensureBuild();
process.exit(await run(process.execPath, ['--enable-source-maps', 'dist/launcher/main.js']));
