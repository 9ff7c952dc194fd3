export { decodePicture } from './decode-picture.ts';
export { rasteriseSeal, type SealRaster } from './rasterise-seal.ts';
export { notoSealFont, readNotoSerif } from './seal-font.ts';
export { nodeStartDigest } from './start-digest.ts';
export { subsetTextFont } from './subset-text-font.ts';
