export { nodeCryptoEngine } from './engine.ts';
export {
  KEY_RING_ALGORITHMS,
  KEY_RING_STATES,
  type KeyRingAlgorithm,
  type KeyRingInfo,
  type KeyRingState,
  type StoredRingKey,
} from './key-ring/key-info.ts';
export { createKeyRing, type KeyRing } from './key-ring/key-ring.ts';
export { nodeSigner } from './signer.ts';
