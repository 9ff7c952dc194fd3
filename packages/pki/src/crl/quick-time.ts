const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two decimal digits, or NaN-like 100 and more when they are not digits. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : 100;
}

/**
 * Whether 13 octets are surely the content of a valid UTCTime. Only a yes counts: 29 February and everything else that
 * is rare is left to the full decoder. It spares a list of 100,000 entries that many strings and dates.
 */
export function isPlainUtcTime(bytes: Uint8Array, at: number): boolean {
  const month = pair(bytes, at + 2);
  const day = pair(bytes, at + 4);
  return (
    bytes[at + 12] === 0x5a &&
    pair(bytes, at) < 100 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= DAYS[month - 1]! &&
    pair(bytes, at + 6) < 24 &&
    pair(bytes, at + 8) < 60 &&
    pair(bytes, at + 10) < 60
  );
}
