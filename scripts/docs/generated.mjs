import { configuration } from './configuration.mjs';
import { coverage } from './coverage.mjs';
import { errorRegister } from './error-register.mjs';
import { records } from './records.mjs';

/** Document → the function that makes it. */
export const generated = {
  'docs/errors.md': errorRegister,
  'docs/coverage.md': coverage,
  'docs/configuration.md': configuration,
  'docs/records.md': records,
};
