/** OD-08: compatibility forms (so full-width brackets become half-width) and no space around; nothing else. */
export const normaliseUnitName = (name: string): string => name.normalize('NFKC').trim();

/** HUB-084: two names of a unit are equal, or the second certificate is not of that unit. Empty names are never equal. */
export function isSameUnitName(a: string, b: string): boolean {
  const normal = normaliseUnitName(a);
  return normal !== '' && normal === normaliseUnitName(b);
}
