// Writes src/tokens.generated.css from the TypeScript tokens, so that both say the same. The test refuses a difference.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/css.ts', import.meta.url));
const bundle = await build({ entryPoints: [source], bundle: true, format: 'esm', write: false });
const text = bundle.outputFiles[0].text;
const { tokensCss } = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
writeFileSync(new URL('../src/tokens.generated.css', import.meta.url), tokensCss());
