import { PHONE_ERRORS, RA_ERRORS, SCAN_ERRORS } from '@hufu/contracts';
import { createProblems } from '@hufu/contracts/problems';
import { PHONE_KEY_ERRORS } from '@hufu/phone-key';
import { APP_ERRORS } from '../errors.ts';

export { type FieldProblem, isCode, ProblemError } from '@hufu/contracts/problems';

/** Failures of the server, the vault, this device and the network, in the app's words. */
export const problems = createProblems(PHONE_ERRORS, SCAN_ERRORS, RA_ERRORS, PHONE_KEY_ERRORS, APP_ERRORS);
export const { localProblem, problemTitle, readProblem, toProblem } = problems;
