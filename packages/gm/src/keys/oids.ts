/** Object identifiers of key formats (GB/T 33560, RFC 5480, RFC 8018, RFC 7292). */
export const KEY_OID = {
  ecPublicKey: '1.2.840.10045.2.1',
  sm2Curve: '1.2.156.10197.1.301',
  p256Curve: '1.2.840.10045.3.1.7',
  rsaEncryption: '1.2.840.113549.1.1.1',
} as const;
