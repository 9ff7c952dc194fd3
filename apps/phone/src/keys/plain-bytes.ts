/** WebCrypto takes bytes of an ArrayBuffer of their own only. */
export const plainBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
