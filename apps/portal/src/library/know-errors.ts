import { ACCESS_ERRORS, EXCHANGE_ERRORS, LIBRARY_ENTITY_ERRORS, RECORD_ERRORS } from '@hufu/contracts';
import { LIBRARY_ERRORS } from '@hufu/library';
import { knowErrors } from '../api/problem.ts';

// With the library's pages, not before them: the hub's pages do without these words.
knowErrors({
  ...ACCESS_ERRORS,
  ...EXCHANGE_ERRORS,
  ...LIBRARY_ERRORS,
  ...LIBRARY_ENTITY_ERRORS,
  ...RECORD_ERRORS,
});
