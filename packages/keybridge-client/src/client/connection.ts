import { CodedError } from '@hufu/kernel';
import type { z } from 'zod';
import { bridgeError } from '../errors.ts';
import { type BridgeStatus, PROTOCOL_VERSION, problemSchema, statusSchema } from '../protocol/common.ts';
import { localNetworkPermission } from './permission.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type KeyValueStore = {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
};

export type Connection = {
  readonly fetch: Fetch;
  readonly store: KeyValueStore;
  /** Base address of the bridge that answered, once one has. */
  base(): Promise<string>;
  /** Looks anew on the next call. */
  forget(): void;
  detect(): Promise<DetectedBridge>;
};

export type DetectedBridge = BridgeStatus & { readonly port: number };

/** Long enough for a slow machine; while the browser asks its user, there is no limit. */
const STATUS_PATIENCE_MS = 4_000;
const PROMPT_PATIENCE_MS = 120_000;

export function connection(
  ports: readonly number[],
  { fetch, store }: { readonly fetch: Fetch; readonly store: KeyValueStore },
): Connection {
  let found: string | undefined;

  async function detect(): Promise<DetectedBridge> {
    const permission = await localNetworkPermission();
    if (permission === 'denied') throw bridgeError('BRIDGE_BLOCKED_BY_BROWSER');
    const patience = permission === 'prompt' ? PROMPT_PATIENCE_MS : STATUS_PATIENCE_MS;
    for (const port of ports) {
      const status = await statusAt(port, { fetch, patience });
      if (status === undefined) continue;
      if (status.protocol < PROTOCOL_VERSION || status.oldestProtocol > PROTOCOL_VERSION) {
        throw bridgeError('BRIDGE_VERSION', { version: status.version });
      }
      found = baseOf(port);
      return { ...status, port };
    }
    const isRefused = (await localNetworkPermission()) === 'denied';
    throw bridgeError(isRefused ? 'BRIDGE_BLOCKED_BY_BROWSER' : 'BRIDGE_NOT_RUNNING');
  }

  return {
    fetch,
    store,
    detect,
    async base() {
      return found ?? baseOf((await detect()).port);
    },
    forget() {
      found = undefined;
    },
  };
}

const baseOf = (port: number): string => `http://127.0.0.1:${port}`;

async function statusAt(
  port: number,
  { fetch, patience }: { readonly fetch: Fetch; readonly patience: number },
): Promise<BridgeStatus | undefined> {
  try {
    const answer = await fetch(`${baseOf(port)}/v1/status`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(patience),
    });
    const checked = statusSchema.safeParse(await answer.json());
    return checked.success ? checked.data : undefined;
  } catch {
    return undefined;
  }
}

export type Call<T extends z.ZodType> = {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  /** Undefined: the answer has no content. */
  readonly answer: T | undefined;
  readonly signal?: AbortSignal | undefined;
};

const secretName = (base: string): string => `hufu-keybridge:${base}`;

export const storedSecret = (link: Connection, base: string): string | null =>
  link.store.getItem(secretName(base));

export const storeSecret = (link: Connection, base: string, secret: string): void =>
  link.store.setItem(secretName(base), secret);

export const dropSecret = (link: Connection, base: string): void => link.store.removeItem(secretName(base));

/**
 * One request to the bridge, with the pairing secret when there is one.
 *
 * @throws CodedError the bridge's own code; BRIDGE_NOT_RUNNING, BRIDGE_BLOCKED_BY_BROWSER, BRIDGE_NOT_PAIRED when the
 *   request did not get through; BRIDGE_VERSION when the answer is not of this protocol. An abort is thrown as it is.
 */
export async function call<T extends z.ZodType>(link: Connection, asked: Call<T>): Promise<z.output<T>> {
  const base = await link.base();
  const secret = storedSecret(link, base);
  const init: RequestInit = {
    method: asked.method ?? 'GET',
    credentials: 'omit',
    headers: {
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    ...(asked.signal === undefined ? {} : { signal: asked.signal }),
  };
  let answer: Response;
  try {
    answer = await link.fetch(`${base}/v1${asked.path}`, init);
  } catch (error) {
    if (asked.signal?.aborted === true) throw error;
    throw await whyUnreachable(link, base);
  }
  if (!answer.ok) throw await refusalOf(link, base, answer);
  if (asked.answer === undefined) return undefined as z.output<T>;
  const checked = asked.answer.safeParse(await answer.json());
  if (!checked.success) throw bridgeError('BRIDGE_VERSION');
  return checked.data;
}

/**
 * A browser tells a page nothing about a request that failed. A revoked origin fails in the same way as a stopped
 * bridge, because its preflight is refused: asking for the status, which every origin may, tells them apart.
 */
async function whyUnreachable(link: Connection, base: string): Promise<CodedError> {
  link.forget();
  try {
    const { approved } = await link.detect();
    if (!approved) {
      dropSecret(link, base);
      return bridgeError('BRIDGE_NOT_PAIRED');
    }
    return bridgeError('BRIDGE_FAULT');
  } catch (error) {
    return error instanceof CodedError ? error : bridgeError('BRIDGE_NOT_RUNNING', {}, error);
  }
}

async function refusalOf(link: Connection, base: string, answer: Response): Promise<CodedError> {
  const problem = problemSchema.safeParse(await answer.json().catch(() => undefined));
  if (!problem.success) return bridgeError('BRIDGE_FAULT');
  const { code, fields } = problem.data;
  if (code === 'BRIDGE_NOT_PAIRED') dropSecret(link, base);
  return new CodedError(code, fields ?? {});
}
