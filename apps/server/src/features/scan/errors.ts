import { SCAN_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const scanError = errorFactory(SCAN_ERRORS);
