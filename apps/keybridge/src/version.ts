/** Of the assistant's software; the protocol has its own number. */
export const VERSION = '0.1.0';
