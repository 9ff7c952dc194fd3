export { nodeCryptoEngine } from './engine.ts';
export { nodeSigner } from './signer.ts';
