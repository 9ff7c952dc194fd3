import type { FileConfig } from '../../../infra/config/attachment-settings.ts';
import { filesError } from '../errors.ts';

/** What an entity has, with what is on its way. */
export type Usage = { readonly bytes: number; readonly files: number };

const MEGABYTE = 1024 * 1024;
const megabytes = (bytes: number): string => (Math.floor((bytes / MEGABYTE) * 10) / 10).toFixed(1);

/** @throws FILE_QUOTA that says how much is left */
export function mustHaveRoom(config: FileConfig, used: Usage, size: number): void {
  const left = Math.max(0, config.quotaBytes - used.bytes);
  const leftFiles = Math.max(0, config.quotaFiles - used.files);
  if (size <= left && leftFiles > 0) return;
  throw filesError('FILE_QUOTA', {
    left,
    leftFiles,
    hint: `剩余空间 ${megabytes(left)} MB、${leftFiles} 个文件；本文件 ${megabytes(size)} MB`,
    hintEn: `Left: ${megabytes(left)} MB and ${leftFiles} files; this file has ${megabytes(size)} MB`,
  });
}
