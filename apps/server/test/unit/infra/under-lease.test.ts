import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { underLease } from '../../../src/infra/lease/under-lease.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function promised() {
  let resolve: (value: string) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<string>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

const lease = (renew: () => Promise<unknown>) => ({ seconds: 15, longestSeconds: 60, renew });

test('a claim is renewed three times within its length while the work goes on, and not after it', async () => {
  const renew = vi.fn(async () => {});
  const work = promised();
  const running = underLease(lease(renew), () => work.promise);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(renew).toHaveBeenCalledTimes(3);
  work.resolve('done');
  expect(await running).toBe('done');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(renew).toHaveBeenCalledTimes(3);
});

test('the claim of a run that is stuck lapses', async () => {
  const renew = vi.fn(async () => {});
  void underLease(lease(renew), () => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(renew).toHaveBeenCalledTimes(12);
});

test('a renewal that fails is followed by the next one; one that hangs is not asked for twice; the work goes on', async () => {
  const renew = vi.fn(async (): Promise<void> => {
    throw new Error('no database');
  });
  renew.mockImplementationOnce(() => new Promise((_, reject) => setTimeout(reject, 12_000)));
  const work = promised();
  const running = underLease(lease(renew), () => work.promise);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(renew).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(renew).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(renew).toHaveBeenCalledTimes(3);
  work.reject(new Error('the work’s own'));
  await expect(running).rejects.toThrow('the work’s own');
});
