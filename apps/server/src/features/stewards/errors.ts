import { STEWARD_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const stewardError = errorFactory(STEWARD_ERRORS);
