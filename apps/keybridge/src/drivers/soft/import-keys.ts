import type { KeyToAdd } from '@hufu/soft-token';

/** Placeholder until the PKCS#12 reader lands. */
export async function importedKeys(
  _file: Uint8Array,
  _password: string,
): Promise<readonly Omit<KeyToAdd, 'usage'>[]> {
  return [];
}
