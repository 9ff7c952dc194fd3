import { createHash } from 'node:crypto';
import { CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { CertificateInfo, DriverHealth, TokenInfo, TokenList } from '@hufu/keybridge-client/protocol';
import { certificateInfo } from './certificate-info.ts';
import type { DriverKey, DriverToken, TokenDriver, TokenSession } from './token-driver.ts';

/** Where a key is found: `tokenId` and `keyId` of the protocol, taken apart. */
export type LocatedKey = {
  readonly driver: TokenDriver;
  readonly token: DriverToken;
  readonly key: DriverKey;
};

/** All drivers seen as one. */
export type TokenBoard = {
  list(): Promise<TokenList>;
  /** Resolves when the list no longer has this revision, or after the time, whichever is first. */
  waitForChange(revision: string, milliseconds: number): Promise<TokenList>;
  certificates(): Promise<readonly CertificateInfo[]>;
  /** @throws CodedError TOKEN_ABSENT */
  locate(keyId: string): Promise<LocatedKey>;
  open(key: LocatedKey, pin: string): Promise<TokenSession>;
  close(): Promise<void>;
};

const tokenIdOf = (driver: TokenDriver, token: DriverToken): string => `${driver.id}.${token.ref}`;

const keyIdOf = (tokenId: string, key: DriverKey): string => `${tokenId}.${key.ref}`;

/** Longest silence between two looks: covers file systems and modules that tell nothing. */
const LOOK_AGAIN_MS = 2_000;

export function tokenBoard(drivers: readonly TokenDriver[]): TokenBoard {
  const waiting = new Set<() => void>();
  let isClosed = false;
  const changed = (): void => {
    for (const wake of [...waiting]) wake();
  };
  const stops = drivers.map((driver) => driver.watch(changed));

  async function list(): Promise<TokenList> {
    const health: DriverHealth[] = [];
    const tokens: TokenInfo[] = [];
    for (const driver of drivers) {
      const state = await driver.health();
      health.push({ driver: driver.id, state });
      if (state !== 'ready') continue;
      for (const token of await present(driver)) {
        const { label, mediaNumber, pin } = token;
        tokens.push({ tokenId: tokenIdOf(driver, token), driver: driver.id, label, mediaNumber, pin });
      }
    }
    const digest = createHash('sha256')
      .update(JSON.stringify([health, tokens]))
      .digest('base64url');
    return { revision: digest.slice(0, 22), drivers: health, tokens };
  }

  const nextLook = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      waiting.add(wake);
    });

  async function located(): Promise<readonly LocatedKey[]> {
    const found: LocatedKey[] = [];
    for (const driver of drivers) {
      if ((await driver.health()) !== 'ready') continue;
      for (const token of await present(driver)) {
        for (const key of await keysIfPresent(driver, token)) found.push({ driver, token, key });
      }
    }
    return found;
  }

  return {
    list,
    async waitForChange(revision, milliseconds) {
      const until = Date.now() + milliseconds;
      for (;;) {
        const now = await list();
        const left = until - Date.now();
        if (now.revision !== revision || left <= 0) return now;
        await nextLook(Math.min(left, LOOK_AGAIN_MS));
        if (isClosed) return now;
      }
    },
    async certificates() {
      return (await located()).flatMap(({ driver, token, key }) => {
        const tokenId = tokenIdOf(driver, token);
        const info = certificateInfo(key.certificate);
        if (info === undefined) return [];
        return [
          {
            ...info,
            keyId: keyIdOf(tokenId, key),
            tokenId,
            tokenLabel: token.label,
            mediaNumber: token.mediaNumber,
            usage: key.usage,
            ...(key.algorithm === undefined ? {} : { algorithm: key.algorithm }),
          },
        ];
      });
    },
    async locate(keyId) {
      const found = (await located()).find(
        ({ driver, token, key }) => keyIdOf(tokenIdOf(driver, token), key) === keyId,
      );
      if (found === undefined) throw bridgeError('TOKEN_ABSENT');
      return found;
    },
    open: ({ driver, token }, pin) => driver.open(token.ref, pin),
    async close() {
      isClosed = true;
      for (const stop of stops) stop();
      changed();
      await Promise.all(drivers.map((driver) => driver.close()));
    },
  };
}

/** A driver that fails now shows no tokens; its health says the rest. */
async function present(driver: TokenDriver): Promise<readonly DriverToken[]> {
  try {
    return await driver.tokens();
  } catch (error) {
    if (error instanceof CodedError) return [];
    throw error;
  }
}

/** A token may go between two calls. */
async function keysIfPresent(driver: TokenDriver, token: DriverToken): Promise<readonly DriverKey[]> {
  try {
    return await driver.keys(token.ref);
  } catch (error) {
    if (error instanceof CodedError) return [];
    throw error;
  }
}
