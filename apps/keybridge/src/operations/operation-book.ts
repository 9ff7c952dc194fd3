import type { Clock, CodedError } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { OperationState, SignedDocuments, SignedStatement } from '@hufu/keybridge-client/protocol';
import { newHandle } from '../ids.ts';
import { signals } from '../signals.ts';
import type { Operation } from './operation.ts';

/** OD-05: a login challenge lives at least five minutes, so does what signs it. */
const LIFETIME_MS = 10 * 60_000;
/** How long a result can still be fetched. */
const KEPT_MS = 10 * 60_000;
const MAX_OPEN_PER_ORIGIN = 5;

export type OperationResult = SignedStatement | SignedDocuments;

type Entry = { readonly operation: Operation; state: OperationState; settledAt: number };

/** Operations in memory: a restart cancels them all, and pages ask again. */
export type OperationBook = {
  /** @throws CodedError BRIDGE_BUSY when the origin has five open operations */
  add(operation: Omit<Operation, 'operationId' | 'expiresAt'>): Operation;
  /** @throws CodedError BRIDGE_NOT_FOUND */
  find(operationId: string): Operation;
  state(operationId: string): OperationState;
  waitForChange(operationId: string, milliseconds: number): Promise<void>;
  /** Takes the operation for one try of the key. @throws CodedError OPERATION_EXPIRED, _CANCELLED, _SPENT, _RUNNING */
  begin(operationId: string): Operation;
  /** After a wrong PIN: the holder may try again. */
  giveBack(operationId: string): void;
  succeed(operationId: string, result: OperationResult): void;
  fail(operationId: string, error: CodedError): void;
  /** @throws CodedError OPERATION_RUNNING: a key at work is never interrupted (OD-05) */
  cancel(operationId: string): void;
  /** Cancels what an origin has open: its approval was taken back. */
  cancelAllOf(origin: string): void;
  /** Ends every wait. */
  close(): void;
};

export function operationBook(clock: Clock): OperationBook {
  const entries = new Map<string, Entry>();
  const changed = signals();

  function entryOf(operationId: string): Entry {
    const entry = entries.get(operationId);
    if (entry === undefined) throw bridgeError('BRIDGE_NOT_FOUND');
    if (entry.state.state === 'waiting' && entry.operation.expiresAt <= clock.now()) {
      settle(entry, { state: 'failed', code: 'OPERATION_EXPIRED' });
    }
    return entry;
  }

  function settle(entry: Entry, state: OperationState): void {
    entry.state = state;
    entry.settledAt = clock.now();
    changed.raise(entry.operation.operationId);
  }

  function forgetOld(): void {
    for (const [id, entry] of entries) {
      const { state } = entryOf(id).state;
      const isOpen = state === 'waiting' || state === 'signing';
      if (!isOpen && entry.settledAt + KEPT_MS < clock.now()) entries.delete(id);
    }
  }

  const openOf = (origin: string): readonly Entry[] =>
    [...entries.values()].filter(
      ({ operation, state }) =>
        operation.origin === origin && (state.state === 'waiting' || state.state === 'signing'),
    );

  return {
    add(asked) {
      forgetOld();
      if (openOf(asked.origin).length >= MAX_OPEN_PER_ORIGIN) throw bridgeError('BRIDGE_BUSY');
      const operation: Operation = {
        ...asked,
        operationId: newHandle(),
        expiresAt: clock.now() + LIFETIME_MS,
      };
      entries.set(operation.operationId, { operation, state: { state: 'waiting' }, settledAt: 0 });
      return operation;
    },
    find: (operationId) => entryOf(operationId).operation,
    state: (operationId) => entryOf(operationId).state,
    waitForChange(operationId, milliseconds) {
      const entry = entries.get(operationId);
      if (entry === undefined) return Promise.resolve();
      const untilExpiry = Math.max(0, entry.operation.expiresAt - clock.now());
      return changed.wait(operationId, Math.min(milliseconds, untilExpiry));
    },
    begin(operationId) {
      const entry = entryOf(operationId);
      const { state } = entry;
      if (state.state === 'signing') throw bridgeError('OPERATION_RUNNING');
      if (state.state === 'done') throw bridgeError('OPERATION_SPENT');
      if (state.state === 'failed') {
        if (state.code === 'OPERATION_EXPIRED') throw bridgeError('OPERATION_EXPIRED');
        throw bridgeError(state.code === 'OPERATION_CANCELLED' ? 'OPERATION_CANCELLED' : 'OPERATION_SPENT');
      }
      entry.state = { state: 'signing' };
      changed.raise(operationId);
      return entry.operation;
    },
    giveBack(operationId) {
      const entry = entryOf(operationId);
      entry.state = { state: 'waiting' };
      changed.raise(operationId);
    },
    succeed: (operationId, result) => settle(entryOf(operationId), { state: 'done', result }),
    fail(operationId, { code, fields }) {
      const plain = Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, value]])),
      );
      settle(entryOf(operationId), { state: 'failed', code, fields: plain });
    },
    cancel(operationId) {
      const entry = entryOf(operationId);
      if (entry.state.state === 'signing') throw bridgeError('OPERATION_RUNNING');
      if (entry.state.state === 'waiting') settle(entry, { state: 'failed', code: 'OPERATION_CANCELLED' });
    },
    cancelAllOf(origin) {
      for (const entry of openOf(origin)) {
        if (entry.state.state === 'waiting') settle(entry, { state: 'failed', code: 'OPERATION_CANCELLED' });
      }
    },
    close: () => changed.close(),
  };
}
