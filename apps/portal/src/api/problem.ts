import { DESK_ERRORS, HUB_ERRORS } from '@hufu/contracts';
import { createProblems } from '@hufu/contracts/problems';
import { BRIDGE_ERRORS } from '@hufu/keybridge-client';
import { PORTAL_ERRORS } from '../errors.ts';

export { type FieldProblem, isCode, ProblemError } from '@hufu/contracts/problems';

/** Failures of the server, the key bridge and the network, in the web app's words. */
export const problems = createProblems(HUB_ERRORS, DESK_ERRORS, BRIDGE_ERRORS, PORTAL_ERRORS);
export const { knowErrors, localProblem, problemTitle, readProblem, toProblem } = problems;
