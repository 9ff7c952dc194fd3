import { DESK_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const deskError = errorFactory(DESK_ERRORS);
