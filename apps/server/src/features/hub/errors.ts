import { HUB_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const hubError = errorFactory(HUB_ERRORS);
