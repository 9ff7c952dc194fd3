import { bridgeError } from '../errors.ts';
import { MAX_WAIT_SECONDS } from '../protocol/common.ts';
import { pairingCreatedSchema, pairingStateSchema } from '../protocol/pairing.ts';
import { type Connection, call, dropSecret, storeSecret } from './connection.ts';

export type PairOptions = {
  /** The site's own name, shown beside its origin. */
  readonly title?: string;
  readonly language?: 'zh' | 'en';
  /**
   * Told where the user gives their word. `isOpen` is false when the browser held the window back: show a link then,
   * with `target="_blank"`.
   */
  readonly onApprovalPage?: (page: { readonly url: string; readonly isOpen: boolean }) => void;
  readonly signal?: AbortSignal;
};

type OpenedWindow = { readonly location: { replace(url: string): void }; close(): void };

/**
 * Asks the user, in a window of the bridge, whether this site may ask for the use of a key, and waits for the answer.
 * Call it from a click: browsers open windows for nothing else.
 *
 * @throws CodedError BRIDGE_APPROVAL_REFUSED, BRIDGE_APPROVAL_EXPIRED, BRIDGE_BUSY, and the errors of `detect`
 */
export async function pair(link: Connection, options: PairOptions): Promise<void> {
  const opened = openWindow();
  try {
    const base = await link.base();
    const { pairingId, approvalUrl } = await call(link, {
      path: '/pairings',
      method: 'POST',
      body: {
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.language === undefined ? {} : { language: options.language }),
      },
      answer: pairingCreatedSchema,
      signal: options.signal,
    });
    if (new URL(approvalUrl).origin !== base) throw bridgeError('BRIDGE_FAULT');
    opened?.location.replace(approvalUrl);
    options.onApprovalPage?.({ url: approvalUrl, isOpen: opened !== undefined });
    storeSecret(link, base, await decision(link, pairingId, options.signal));
  } catch (error) {
    opened?.close();
    throw error;
  }
}

/** Takes this site's approval back. */
export async function unpair(link: Connection): Promise<void> {
  const base = await link.base();
  await call(link, { path: '/pairing', method: 'DELETE', answer: undefined });
  dropSecret(link, base);
}

async function decision(
  link: Connection,
  pairingId: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  for (;;) {
    const path = `/pairings/${pairingId}?wait=${MAX_WAIT_SECONDS}`;
    const state = await call(link, { path, answer: pairingStateSchema, signal });
    switch (state.state) {
      case 'approved':
        return state.secret;
      case 'refused':
        throw bridgeError('BRIDGE_APPROVAL_REFUSED');
      case 'expired':
      case 'collected':
        throw bridgeError('BRIDGE_APPROVAL_EXPIRED');
      case 'pending':
    }
  }
}

/** Opened empty and at once, because the click is forgotten by the time that the bridge has answered. */
function openWindow(): OpenedWindow | undefined {
  const { open } = globalThis as { open?: (url: string, target: string) => OpenedWindow | null };
  return open?.('about:blank', '_blank') ?? undefined;
}
