/** False for text with a lone surrogate, which has no UTF-8 form. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
