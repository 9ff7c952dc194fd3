import http from 'node:http';
import type { FileQuota, LibraryFile, UploadSession } from '@hufu/contracts';
import type { Clock } from '@hufu/kernel';
import type { App } from '../../../src/app.ts';
import { createFiles, type Files } from '../../../src/features/files/index.ts';
import { type TestInfra, testApp, testInfra } from '../infra.ts';
import { makeEntities, memberByHeader } from './members.ts';

export const OWNER = 'entity-owner';
export const OTHER = 'entity-other';

export type FilesWorld = {
  readonly infra: TestInfra;
  readonly files: Files;
  readonly base: string;
  /** A request as the member that `x-member` names; the owner where it is absent. */
  call<T = LibraryFile>(path: string, options?: CallOptions): Promise<FilesAnswer<T>>;
  begin(name: string, bytes: Uint8Array, more?: Record<string, unknown>): Promise<FilesAnswer<UploadSession>>;
  append(
    id: string,
    offset: number,
    bytes: Uint8Array,
    headers?: Record<string, string>,
  ): Promise<FilesAnswer>;
  complete(id: string): Promise<FilesAnswer>;
  upload(name: string, bytes: Uint8Array, as?: string): Promise<FilesAnswer>;
  quota(): Promise<FileQuota>;
  close(): Promise<void>;
};

export type CallOptions = {
  readonly method?: string;
  readonly as?: string | undefined;
  readonly body?: string | FormData | Uint8Array;
  readonly headers?: Record<string, string>;
};

export type FilesAnswer<T = LibraryFile> = {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Of a JSON answer; a problem's `code` and `fields` among it. */
  readonly body: T & {
    readonly code?: string;
    readonly hint?: string;
    readonly fields?: Record<string, unknown>;
  };
};

export type FilesWorldOptions = {
  readonly settings?: Record<string, string>;
  readonly clock?: Clock;
  readonly renderProgram?: URL;
};

const GENEROUS = JSON.stringify(
  Object.fromEntries(
    ['request', 'library-upload', 'library-append', 'library-preview'].map((name) => [
      name,
      { requests: 100_000, seconds: 1 },
    ]),
  ),
);

/** Attachments of the library over HTTP; who calls is told by a header. */
export async function filesWorld(options: FilesWorldOptions = {}): Promise<FilesWorld> {
  const infra = await testInfra({
    ...(options.clock ? { clock: options.clock } : {}),
    settings: { HUFU_RATE_LIMITS: GENEROUS, ...options.settings },
  });
  await makeEntities(infra.database, [OWNER, OTHER]);
  const files = createFiles(infra, { renderProgram: options.renderProgram });
  const app: App = await testApp(infra, [files.feature({ members: memberByHeader })]);
  const base = `http://127.0.0.1:${infra.config.port}`;

  const call: FilesWorld['call'] = async (path, { method = 'GET', as = OWNER, body, headers } = {}) => {
    const response = await fetch(`${base}/api/v1/library${path}`, {
      method,
      headers: { ...(as === '' ? {} : { 'x-member': as }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const parsed = isJson && bytes.length > 0 ? JSON.parse(Buffer.from(bytes).toString()) : {};
    return { status: response.status, headers: response.headers, bytes, body: parsed };
  };

  return {
    infra,
    files,
    base,
    call,
    begin: (name, bytes, more = {}) =>
      call<UploadSession>('/uploads', {
        method: 'POST',
        body: JSON.stringify({ name, size: bytes.length, ...more }),
        headers: { 'content-type': 'application/json' },
      }),
    append: (id, offset, bytes, headers = {}) =>
      call(`/uploads/${id}`, {
        method: 'PATCH',
        body: bytes.slice(),
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          'tus-resumable': '1.0.0',
          ...headers,
        },
      }),
    complete: (id) => call(`/uploads/${id}/completion`, { method: 'POST' }),
    upload: (name, bytes, as = OWNER) => {
      const form = new FormData();
      form.set('file', new Blob([bytes.slice()]), name);
      return call('/files', { method: 'POST', body: form, as });
    },
    quota: async () => (await call<FileQuota>('/file-quota')).body,
    async close() {
      await app.close();
      await infra.dispose();
    },
  };
}

/** Sends a part of what it has announced, then breaks the connection. */
export function breakOff(world: FilesWorld, id: string, bytes: Uint8Array, sent: number): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(`${world.base}/api/v1/library/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        'x-member': OWNER,
        'content-type': 'application/offset+octet-stream',
        'content-length': bytes.length,
        'upload-offset': 0,
        'tus-resumable': '1.0.0',
      },
    });
    request.on('error', () => resolve());
    request.write(bytes.subarray(0, sent), () => setTimeout(() => request.destroy(), 50));
  });
}
