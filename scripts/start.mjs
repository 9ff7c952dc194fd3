import { checkNode, ensureBuild, ensureDependencies, run } from './lib/runtime.mjs';

checkNode();
await ensureDependencies();
await ensureBuild();

// npm runs this through a shell that dies of a SIGTERM without passing it on: losing the parent means the same.
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 300).unref();
}
process.exit(await run(process.execPath, ['--enable-source-maps', 'dist/launcher/main.js']));
