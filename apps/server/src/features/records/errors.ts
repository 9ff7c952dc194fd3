import { ACCESS_ERRORS, RECORD_ERRORS, type RecordErrorCode } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';
import { type Issue, LIBRARY_ERRORS } from '@hufu/library';
import { ListedError } from '../../infra/http/listed-error.ts';

/** Everything that records can refuse: their own codes and those of the declarations. */
const { LIBRARY_SESSION_REQUIRED, LIBRARY_PRIMARY_ONLY, LIBRARY_ENTITY_FROZEN } = ACCESS_ERRORS;
export const RECORDS_FEATURE_ERRORS = {
  ...LIBRARY_ERRORS,
  ...RECORD_ERRORS,
  LIBRARY_SESSION_REQUIRED,
  LIBRARY_PRIMARY_ONLY,
  LIBRARY_ENTITY_FROZEN,
};

export const recordError = errorFactory(RECORDS_FEATURE_ERRORS);

/** All faults of what was sent, each at its field. */
export const invalid = (issues: readonly Issue[]): ListedError =>
  new ListedError(
    'LIB_INVALID',
    issues
      .filter(({ severity }) => severity === 'error')
      .map(({ path, code, says }) => ({ path, code, says })),
  );

/** A refusal of ours, told at a field. */
export const issueOf = (path: string, code: RecordErrorCode): Issue => {
  const { zh, en } = RECORD_ERRORS[code];
  return { path, code, says: { zh, en }, severity: 'error' };
};
