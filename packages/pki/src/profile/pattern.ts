import { pkiError } from '../errors.ts';

const MAX_PATTERN = 200;
/** Values longer than this are never facts, which also bounds what a pattern can cost. */
export const MAX_VALUE = 256;
const MAX_UNBOUNDED = 3;

const compiled = new Map<string, RegExp>();

/**
 * Compiles a profile's pattern, anchored at both ends. Patterns come from desk operators, so that the expensive
 * constructs are refused: repeated groups, back references, look-around, more than three unbounded repetitions.
 *
 * @throws CodedError PROFILE_PATTERN
 */
export function compilePattern(source: string): RegExp {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (source.length > MAX_PATTERN || isCostly(source)) throw pkiError('PROFILE_PATTERN');
  try {
    const pattern = new RegExp(`^(?:${source})$`, 'u');
    compiled.set(source, pattern);
    return pattern;
  } catch (cause) {
    throw pkiError('PROFILE_PATTERN', {}, cause);
  }
}

function isCostly(source: string): boolean {
  const bare = source.replaceAll(/\\[^1-9k]/g, '_').replaceAll(/\[[^\]]*\]/g, '_');
  if (/\\/.test(bare)) return true;
  if (/\(\?(?!:)/.test(bare)) return true;
  if (/\)[*+{?]/.test(bare)) return true;
  return (bare.match(/[*+]|\{\d+,\}/g) ?? []).length > MAX_UNBOUNDED;
}
