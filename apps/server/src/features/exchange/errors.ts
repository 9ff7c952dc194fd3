import { EXCHANGE_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const exchangeError = errorFactory(EXCHANGE_ERRORS);
