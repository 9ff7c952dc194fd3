import { CodedError } from '@hufu/kernel';
import { bridgeError } from '../errors.ts';
import { MAX_WAIT_SECONDS } from '../protocol/common.ts';
import {
  type FrameMessage,
  frameMessageSchema,
  type OperationRequest,
  operationCreatedSchema,
  operationStateSchema,
  type SignedDocuments,
  type SignedStatement,
} from '../protocol/operation.ts';
import { type Connection, call } from './connection.ts';

/** What the page needs to show the PIN frame: an `<iframe src={url} allow={allow} title={title}>`. */
export type FrameToMount = {
  readonly url: string;
  readonly operationId: string;
  /** Lets the frame reach the bridge where the browser asks for delegation. */
  readonly allow: string;
  /** Accessible name of the frame. */
  readonly title: string;
  readonly expiresAt: Date;
  /** The frame's message in a `message` event, or undefined for an event from elsewhere. */
  read(event: { readonly origin: string; readonly data: unknown }): FrameMessage | undefined;
};

/** Shows the frame and returns what takes it away. */
export type MountFrame = (frame: FrameToMount) => () => void;

const FRAME_ALLOW = 'loopback-network; local-network-access';
const FRAME_TITLES = { zh: 'CA锁密码', en: 'CA key password' } as const;

/**
 * Asks for signatures: shows the bridge's PIN frame and waits for as long as the holder and the key need. There is
 * no time-out but the operation's own (OD-05, HUB-056).
 *
 * @throws CodedError OPERATION_CANCELLED, OPERATION_EXPIRED, PIN_LOCKED, TOKEN_ABSENT, TOKEN_REMOVED, TOKEN_FAULT,
 *   and the errors of every call
 */
export async function sign(
  link: Connection,
  request: OperationRequest & { readonly signal?: AbortSignal },
  mountFrame: MountFrame,
): Promise<SignedStatement | SignedDocuments> {
  const { signal, ...body } = request;
  const base = await link.base();
  const created = await call(link, {
    path: '/operations',
    method: 'POST',
    body,
    answer: operationCreatedSchema,
    signal,
  });
  if (new URL(created.frameUrl).origin !== base) throw bridgeError('BRIDGE_FAULT');
  const unmount = mountFrame({
    url: created.frameUrl,
    operationId: created.operationId,
    allow: FRAME_ALLOW,
    title: FRAME_TITLES[request.language ?? 'zh'],
    expiresAt: new Date(created.expiresAt),
    read: (event) => readMessage(event, base, created.operationId),
  });
  const cancel = (): void => {
    void cancelQuietly(link, created.operationId);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted === true) cancel();
  try {
    return await result(link, created.operationId);
  } finally {
    signal?.removeEventListener('abort', cancel);
    unmount();
  }
}

async function result(link: Connection, operationId: string): Promise<SignedStatement | SignedDocuments> {
  let after = 'waiting';
  for (;;) {
    const path = `/operations/${operationId}?wait=${MAX_WAIT_SECONDS}&after=${after}`;
    const state = await call(link, { path, answer: operationStateSchema });
    if (state.state === 'done') return state.result;
    if (state.state === 'failed') throw new CodedError(state.code, state.fields ?? {});
    after = state.state;
  }
}

/** A key at work is not interrupted: the bridge refuses, and the page goes on waiting for the outcome. */
async function cancelQuietly(link: Connection, operationId: string): Promise<void> {
  try {
    await call(link, { path: `/operations/${operationId}`, method: 'DELETE', answer: undefined });
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
  }
}

function readMessage(
  event: { readonly origin: string; readonly data: unknown },
  base: string,
  operationId: string,
): FrameMessage | undefined {
  if (event.origin !== base) return undefined;
  const message = frameMessageSchema.safeParse(event.data);
  return message.success && message.data.operationId === operationId ? message.data : undefined;
}
