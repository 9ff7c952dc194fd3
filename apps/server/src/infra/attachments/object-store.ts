import type { Readable } from 'node:stream';
import type { MediaType } from './media-type.ts';

/** A file beside the store, ready to be kept. */
export type Spooled = {
  /** Path of a file in the spool, which stays there. */
  readonly file: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** Undefined for what is no attachment by itself. */
  readonly mediaType: MediaType | undefined;
};

/** First and last byte, counted from 0. */
export type Span = { readonly first: number; readonly last: number };

export type StoredObject = { readonly key: string; readonly modifiedAt: number };

/**
 * Where attachments lie. Keys are `[a-z0-9/-]`. Every change is lasting when its promise resolves, and seen by whoever
 * asks afterwards.
 */
export type ObjectStore = {
  /** Puts the file there whole, in place of what was there. */
  put(key: string, spooled: Spooled): Promise<void>;
  /** Makes an empty object. @returns false when there is one already */
  create(key: string): Promise<boolean>;
  /** Milliseconds since 1970 of the last `put`. */
  head(key: string): Promise<{ readonly size: number; readonly modifiedAt: number } | undefined>;
  get(
    key: string,
    span?: Span,
  ): Promise<
    | { readonly stream: Readable; readonly size: number; readonly mediaType: MediaType | undefined }
    | undefined
  >;
  delete(key: string): Promise<void>;
  /** In no particular order. */
  list(): AsyncIterable<StoredObject>;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
};
