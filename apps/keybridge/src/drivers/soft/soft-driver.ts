import { watch } from 'node:fs';
import { bridgeError } from '@hufu/keybridge-client';
import type { PinState } from '@hufu/keybridge-client/protocol';
import { nodeSigner } from '@hufu/pki/node';
import { closeSoftToken, privateKey, type SoftTokenInfo, type UnlockedToken } from '@hufu/soft-token';
import type { DriverKey, TokenDriver, TokenSession } from '../token-driver.ts';
import { type TokenAccess, unlockStoredToken } from './unlock-stored-token.ts';

/** Software tokens in a folder, as if they were USB keys (OD-02). */
export function softDriver(access: TokenAccess): TokenDriver {
  const { folder, crypto } = access;

  async function inserted(tokenId: string): Promise<SoftTokenInfo | undefined> {
    const stored = (await folder.list()).find(({ info }) => info.tokenId === tokenId);
    return stored?.inserted === true ? stored.info : undefined;
  }

  function session(tokenId: string, unlocked: UnlockedToken): TokenSession {
    return {
      async sign(keyRef, message) {
        if ((await inserted(tokenId)) === undefined) throw bridgeError('TOKEN_REMOVED');
        const pkcs8 = privateKey(unlocked, keyRef, crypto);
        try {
          const signature = await nodeSigner(pkcs8).sign(message);
          if ((await inserted(tokenId)) === undefined) throw bridgeError('TOKEN_REMOVED');
          return signature;
        } finally {
          pkcs8.fill(0);
        }
      },
      close: async () => closeSoftToken(unlocked),
    };
  }

  return {
    id: 'soft',
    health: async () => 'ready',
    async tokens() {
      const present = (await folder.list()).filter((token) => token.inserted);
      return present.map(({ info }) => ({
        ref: info.tokenId,
        label: info.label,
        mediaNumber: info.mediaNumber,
        pin: pinState(info),
      }));
    },
    async keys(tokenRef) {
      const info = await inserted(tokenRef);
      if (info === undefined) throw bridgeError('TOKEN_ABSENT');
      return info.keys.flatMap(({ keyId, usage, algorithm, certificate }): readonly DriverKey[] =>
        certificate === undefined ? [] : [{ ref: keyId, usage, algorithm, certificate }],
      );
    },
    async open(tokenRef, pin) {
      if ((await inserted(tokenRef)) === undefined) throw bridgeError('TOKEN_ABSENT');
      return session(tokenRef, await unlockStoredToken(access, tokenRef, pin));
    },
    watch(changed) {
      const watcher = watch(folder.path, { persistent: false }, () => changed());
      // A folder that vanishes ends the watch; the next listing reports what is there.
      watcher.on('error', () => watcher.close());
      return () => watcher.close();
    },
    close: async () => {},
  };
}

/** PKCS#11's words for the counter: low after one wrong PIN, final when one try is left. */
function pinState({ attemptsLeft, maximumAttempts }: SoftTokenInfo): PinState {
  if (attemptsLeft === 0) return { state: 'locked', attemptsLeft };
  if (attemptsLeft === 1) return { state: 'final', attemptsLeft };
  return { state: attemptsLeft < maximumAttempts ? 'low' : 'ok', attemptsLeft };
}
