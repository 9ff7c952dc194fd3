import type { FileValue } from '@hufu/library';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Feature } from '../../infra/feature.ts';
import type { CallerFinder } from '../access/index.ts';

export type FilesPorts = {
  /** Who calls the library. */
  readonly members: CallerFinder;
};

export type FilesSettings = {
  /** The page renderer's program, where it does not lie beside the server's bundle. */
  readonly renderProgram?: URL | undefined;
};

/** An answer to be written. */
export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export type FileAsked = {
  /** Whose file it is, not who asks. */
  readonly entityId: string;
  readonly sha256: string;
};

export type Delivery = FileAsked & {
  /** For the header; the name at the upload where it is absent. */
  readonly name?: string | undefined;
  /** `attachment` where it is absent. */
  readonly as?: 'attachment' | 'inline';
};

export type PageAsked = FileAsked & {
  /** From 1. */
  readonly page: number;
  /** Pixels. */
  readonly width: number;
};

export type Adopted = {
  readonly entityId: string;
  /** As a person would name it. */
  readonly name: string;
  readonly bytes: Uint8Array;
};

export type JudgedFile = {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: 'application/pdf' | 'image/jpeg' | 'image/png';
};

/** 附件: what entities upload, for the features whose records refer to it. */
export type Files = {
  /**
   * Which of the contents the entity has uploaded. Inside a transaction they also count as used from then on, by that
   * transaction: the clean-up of what nobody uses cannot take them from under the reference that it writes.
   */
  own(executor: Executor, entityId: string, sha256s: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Answers with a file, to whom the caller has found to have the right. Ranges of bytes are served.
   * @throws FILE_UNKNOWN
   */
  send(call: Exchange, asked: Delivery): Promise<FastifyReply>;
  /** Answers with a picture of one page. @throws FILE_UNKNOWN, FILE_PAGE, SIGN_PREVIEW_FAILED */
  sendPage(call: Exchange, asked: PageAsked): Promise<FastifyReply>;
  /**
   * Takes a file for an entity that did not upload it itself, looked at like every upload: the entity's own from then
   * on. Refer to it within a day.
   * @throws FILE_EXECUTABLE, FILE_ARCHIVE, FILE_OFFICE, FILE_TYPE, FILE_DISGUISED, FILE_DAMAGED, FILE_INFECTED,
   * FILE_SCANNER_SILENT
   */
  adopt(tx: Tx, file: Adopted): Promise<FileValue>;
  /**
   * Looks at a file like at every upload and stores it, for a feature that keeps files of its own: it answers for the
   * digest in `heldAttachments` within a day. @throws as `adopt`
   */
  judge(file: Pick<Adopted, 'name' | 'bytes'>): Promise<JudgedFile>;
  feature(ports: FilesPorts): Feature;
};
