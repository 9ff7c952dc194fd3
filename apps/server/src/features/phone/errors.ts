import { PHONE_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const phoneError = errorFactory(PHONE_ERRORS);
