import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Clock } from '@hufu/kernel';
import { lockFolder } from '@hufu/kernel/node';
import { type MasterWrap, openMasterKey } from '../master/master-key.ts';
import { openVaultStore, type VaultStore } from './vault-store.ts';

export type FolderOptions = {
  /** Of everything that the vault keeps; readable by its owner alone. */
  readonly folder: string;
  readonly masterWrap: MasterWrap;
  readonly clock: Clock;
  /** Events of the journal after which its next file begins. */
  readonly segmentLength: number;
};

export type OpenFolder = {
  readonly masterKey: Uint8Array;
  readonly store: VaultStore;
  close(): Promise<void>;
};

/**
 * Opens what the vault keeps, for one process at a time; a new folder is founded.
 *
 * @throws FOLDER_IN_USE, SIGNER_MASTER_KEY, SIGNER_PKCS11, SIGNER_JOURNAL
 */
export async function openFolder(options: FolderOptions): Promise<OpenFolder> {
  const { folder, masterWrap } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await lockFolder(folder);
  try {
    const random = (length: number) => new Uint8Array(randomBytes(length));
    const masterKey = await openMasterKey(folder, masterWrap, random);
    const store = await openVaultStore({ ...options, masterKey });
    return {
      masterKey,
      store,
      async close() {
        await store.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
