import { bridgeError } from '../errors.ts';
import { DEFAULT_PORT } from '../protocol/common.ts';
import type {
  DocumentsRequest,
  SignedDocuments,
  SignedStatement,
  StatementRequest,
} from '../protocol/operation.ts';
import {
  type CertificateInfo,
  certificateListSchema,
  type TokenList,
  tokenListSchema,
} from '../protocol/token.ts';
import {
  call,
  connection,
  type DetectedBridge,
  type Fetch,
  type KeyValueStore,
  storedSecret,
} from './connection.ts';
import { type PairOptions, pair, unpair } from './pair.ts';
import { type MountFrame, sign } from './sign.ts';
import { type TokenWatcher, watchTokens } from './watch-tokens.ts';

export type KeyBridgeOptions = {
  /** Where to look, in this order. 8709 when absent. */
  readonly ports?: readonly number[];
  readonly fetch?: Fetch;
  /** Keeps the pairing secret. `localStorage` when absent, or memory where there is none. */
  readonly storage?: KeyValueStore;
};

/** A page's way to the certificate assistant on its user's computer. Every failure is a `CodedError`. */
export type KeyBridge = {
  /** @throws CodedError BRIDGE_NOT_RUNNING, BRIDGE_BLOCKED_BY_BROWSER, BRIDGE_VERSION */
  detect(): Promise<DetectedBridge>;
  /** Whether this page holds a pairing secret. The bridge may have forgotten it: calls then say so. */
  isPaired(): Promise<boolean>;
  pair(options?: PairOptions): Promise<void>;
  unpair(): Promise<void>;
  tokens(): Promise<TokenList>;
  /** @throws CodedError TOKEN_ABSENT without a token, TOKEN_NO_CERTIFICATE when no token holds a certificate */
  listCertificates(): Promise<readonly CertificateInfo[]>;
  sign(
    request: StatementRequest & { readonly signal?: AbortSignal },
    mountFrame: MountFrame,
  ): Promise<SignedStatement>;
  /** Signs documents after one PIN; the holder sees their titles and digests. All of them, or none. */
  signDocuments(
    request: Omit<DocumentsRequest, 'act'> & { readonly signal?: AbortSignal },
    mountFrame: MountFrame,
  ): Promise<SignedDocuments>;
  watchTokens(watcher: TokenWatcher): () => void;
};

export function createKeyBridge(options: KeyBridgeOptions = {}): KeyBridge {
  const link = connection(options.ports ?? [DEFAULT_PORT], {
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    store: options.storage ?? browserStore(),
  });

  const tokens = (): Promise<TokenList> => call(link, { path: '/tokens', answer: tokenListSchema });

  return {
    detect: link.detect,
    isPaired: async () => storedSecret(link, await link.base()) !== null,
    pair: (asked = {}) => pair(link, asked),
    unpair: () => unpair(link),
    tokens,
    async listCertificates() {
      const { certificates } = await call(link, { path: '/certificates', answer: certificateListSchema });
      if (certificates.length > 0) return certificates;
      const present = await tokens();
      throw bridgeError(present.tokens.length === 0 ? 'TOKEN_ABSENT' : 'TOKEN_NO_CERTIFICATE');
    },
    async sign(request, mountFrame) {
      const result = await sign(link, request, mountFrame);
      if (!('statement' in result)) throw bridgeError('BRIDGE_FAULT');
      return result;
    },
    async signDocuments(request, mountFrame) {
      const result = await sign(link, { act: 'sign-documents', ...request }, mountFrame);
      if (!('signatures' in result) || result.signatures.length !== request.documents.length) {
        throw bridgeError('BRIDGE_FAULT');
      }
      return result;
    },
    watchTokens: (watcher) => watchTokens(link, watcher),
  };
}

/** A page that may not use storage (private windows, strict settings) is paired for as long as it is open. */
function browserStore(): KeyValueStore {
  try {
    const { localStorage } = globalThis as { localStorage?: KeyValueStore };
    if (localStorage !== undefined) return localStorage;
  } catch {
    // Reading the property itself throws where storage is forbidden.
  }
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}
