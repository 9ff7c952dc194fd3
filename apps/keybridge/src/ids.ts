import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url: for addresses and secrets that must not be guessed. */
export const newHandle = (): string => randomBytes(32).toString('base64url');

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
