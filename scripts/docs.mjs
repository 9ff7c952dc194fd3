// Writes the generated documents.
import fs from 'node:fs';
import path from 'node:path';
import { generated } from './docs/generated.mjs';
import { root } from './lib/runtime.mjs';

for (const [file, make] of Object.entries(generated)) fs.writeFileSync(path.join(root, file), await make());
