import { open, readFile, unlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { bridgeError } from '@hufu/keybridge-client';
import { isFsError } from './durable-file.ts';

const PATIENCE_MS = 10_000;

/**
 * Runs work while holding `<path>.lock`, so that the assistant and its command line never change a file at once.
 * The lock of a process that no longer runs is taken over.
 *
 * @throws CodedError BRIDGE_BUSY when another live process keeps the lock for ten seconds
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  const until = Date.now() + PATIENCE_MS;
  while (!(await take(lock))) {
    if (await isAbandoned(lock)) await remove(lock);
    else if (Date.now() > until) throw bridgeError('BRIDGE_BUSY');
    else await sleep(20);
  }
  try {
    return await work();
  } finally {
    await remove(lock);
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (isFsError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  let holder: string;
  try {
    holder = await readFile(lock, 'utf8');
  } catch {
    return false;
  }
  const pid = Number(holder);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return isFsError(error, 'ESRCH');
  }
}

async function remove(lock: string): Promise<void> {
  try {
    await unlink(lock);
  } catch (error) {
    if (!isFsError(error, 'ENOENT')) throw error;
  }
}
