import { fileRoutes, type LibraryFile } from '@hufu/contracts';
import type { FileValue } from '@hufu/library';
import { addressOf, call } from '../../api/client.ts';
import { isCode, localProblem, readProblem } from '../../api/problem.ts';
import { upload } from '../../api/upload.ts';

type UploadOptions = { signal: AbortSignal; onProgress: (share: number) => void };

/** In one request up to here; a larger file goes in pieces, and goes on where it was broken off. */
const SMALL = 512 * 1024;
const PIECE = 1024 * 1024;
/** Hashed beforehand up to here: what the entity has already is then not sent again. */
const HASHED = 64 * 1024 * 1024;
const TRIES = 4;

/**
 * Sends a file to the library.
 * @throws ProblemError with the server's refusal, or PORTAL_NETWORK; the same file then goes on where it stopped
 */
export async function uploadFile(file: File, options: UploadOptions): Promise<FileValue> {
  const { sha256, name, size, mediaType } = await (file.size <= SMALL
    ? upload(fileRoutes.upload, { form: {}, files: { file }, onProgress: options.onProgress })
    : uploadInPieces(file, options));
  options.signal.throwIfAborted();
  return { sha256, name, size, mediaType };
}

async function uploadInPieces(file: File, options: UploadOptions): Promise<LibraryFile> {
  const { signal, onProgress } = options;
  let session = await resumed(file, signal);
  if (session === undefined) {
    const sha256 = await digestOf(file);
    session = await call(fileRoutes.begin, {
      body: { name: file.name, size: file.size, ...(sha256 === undefined ? {} : { sha256 }) },
      signal,
    });
  }
  if (session.file !== null) return session.file;
  remember(file, session.id);
  const { id } = session;
  let { received } = session;
  let failures = 0;
  while (received < file.size) {
    onProgress(received / file.size);
    try {
      received = await append(id, { bytes: file.slice(received, received + PIECE), from: received, signal });
      failures = 0;
    } catch (error) {
      failures += 1;
      const passes = isCode(error, 'PORTAL_NETWORK', 'FILE_OFFSET') && failures < TRIES;
      if (signal.aborted || !passes) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
      ({ received } = await call(fileRoutes.progress, { params: { id }, signal }));
    }
  }
  onProgress(1);
  const stored = await call(fileRoutes.complete, { params: { id }, signal });
  forget(file);
  return stored;
}

type Piece = { bytes: Blob; from: number; signal: AbortSignal };

async function append(id: string, { bytes, from, signal }: Piece): Promise<number> {
  let response: Response;
  try {
    response = await fetch(addressOf(fileRoutes.append, { params: { id } }), {
      method: fileRoutes.append.method,
      headers: {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': String(from),
        'tus-resumable': '1.0.0',
      },
      body: bytes,
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw localProblem('PORTAL_NETWORK', cause);
  }
  if (response.status !== 204) {
    throw readProblem(await response.json().catch(() => undefined), response.status);
  }
  return Number(response.headers.get('upload-offset') ?? from + bytes.size);
}

async function digestOf(file: File): Promise<string | undefined> {
  if (file.size > HASHED) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Uploads that were begun, by what tells the same file: for this tab, so that a page that was loaded again goes on. */
const keyOf = (file: File): string => `hufu.upload.${file.name}.${file.size}.${file.lastModified}`;

async function resumed(file: File, signal: AbortSignal) {
  const id = sessionStorage.getItem(keyOf(file));
  if (id === null) return undefined;
  try {
    return await call(fileRoutes.progress, { params: { id }, signal });
  } catch (error) {
    if (isCode(error, 'PORTAL_NETWORK') || signal.aborted) throw error;
    forget(file);
    return undefined;
  }
}

function remember(file: File, id: string): void {
  sessionStorage.setItem(keyOf(file), id);
}

function forget(file: File): void {
  sessionStorage.removeItem(keyOf(file));
}
