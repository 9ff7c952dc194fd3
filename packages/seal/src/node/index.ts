export { nodeStartDigest } from './start-digest.ts';
