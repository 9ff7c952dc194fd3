export { nodeLedgerCrypto, nodeTreeHasher } from './crypto.ts';
export { nodeEd25519Signer } from './signer.ts';
