import { LIBRARY_ENTITY_ERRORS } from '@hufu/contracts';
import { errorFactory } from '@hufu/kernel';

export const entityError = errorFactory(LIBRARY_ENTITY_ERRORS);
