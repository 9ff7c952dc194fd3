import { open, readFile, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { kernelError } from '../errors.ts';

/** Of this process. A number that is ours and a lock that is not: an earlier process had the number (containers). */
const held = new Set<string>();

/**
 * Keeps a folder for this process until it is released. The lock of a process that no longer runs is taken over.
 *
 * @returns what releases it @throws FOLDER_IN_USE
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = resolve(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await take(path)) {
      held.add(path);
      return async () => {
        held.delete(path);
        await unlink(path);
      };
    }
    if (!(await isAbandoned(path))) break;
    await unlink(path).catch(() => undefined);
  }
  throw kernelError('FOLDER_IN_USE');
}

async function take(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    await handle.writeFile(`${process.pid} ${(await birthOf(process.pid)) ?? ''}`);
    await handle.close();
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const [pid = '', birth = ''] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
  const holder = Number(pid);
  if (!Number.isInteger(holder) || holder <= 0) return true;
  if (holder === process.pid) return !held.has(path);
  // The number may have gone to another process since.
  if (birth !== '' && (await birthOf(holder)) !== birth) return true;
  try {
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}

/** When a process began, where the system says so: field 22 of proc_pid_stat(5). */
async function birthOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name before it, in brackets, may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
