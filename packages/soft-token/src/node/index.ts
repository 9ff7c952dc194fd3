export { generatePkcs8 } from './generate-key.ts';
export { nodeTokenCrypto } from './token-crypto.ts';
