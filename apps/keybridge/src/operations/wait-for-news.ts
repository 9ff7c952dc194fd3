import type { OperationBook } from './operation-book.ts';

/** A long poll: waits while the operation stands where the asker knows it to be. Settled operations do not move. */
export async function waitForNews(
  operations: OperationBook,
  operationId: string,
  { after, wait }: { readonly after?: string | undefined; readonly wait: number },
): Promise<void> {
  const { state } = operations.state(operationId);
  const mayChange = state === 'waiting' || state === 'signing';
  if (mayChange && (after === undefined || after === state)) {
    await operations.waitForChange(operationId, wait * 1000);
  }
}
