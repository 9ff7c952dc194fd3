import { type MediaType, mediaTypeOf, SIGNATURE_LENGTH } from '../../../infra/attachments/media-type.ts';
import { contentEnd } from './content-end.ts';
import { endsAsZip, type ForeignKind, foreignKind, foreignName } from './signatures.ts';

export type ContentRefusal =
  | 'FILE_EXECUTABLE'
  | 'FILE_ARCHIVE'
  | 'FILE_OFFICE'
  | 'FILE_TYPE'
  | 'FILE_DISGUISED'
  | 'FILE_DAMAGED';

export type ContentVerdict =
  | { readonly ok: true; readonly mediaType: MediaType }
  | { readonly ok: false; readonly code: ContentRefusal };

const REFUSALS: Readonly<Record<ForeignKind, ContentRefusal>> = {
  executable: 'FILE_EXECUTABLE',
  archive: 'FILE_ARCHIVE',
  office: 'FILE_OFFICE',
};

const NAMES: Readonly<Record<MediaType, RegExp>> = {
  'application/pdf': /\.pdf$/i,
  'image/jpeg': /\.(jpe?g|jfif)$/i,
  'image/png': /\.png$/i,
};
const EXTENSION = /\.[a-z0-9]{1,5}$/i;

const refused = (code: ContentRefusal): ContentVerdict => ({ ok: false, code });

/** What the name alone forbids, before a byte has come. */
export function judgeName(name: string): ContentRefusal | undefined {
  const kind = foreignName(name);
  return kind && REFUSALS[kind];
}

/**
 * OD-37: PDF, JPG and PNG, by the bytes. The name must not say something else, the file must be whole, and nothing may
 * ride behind its end: a file that is two things at once is opened as the one that nobody looked at.
 */
export function judgeContent(bytes: Uint8Array, name: string): ContentVerdict {
  const mediaType = mediaTypeOf(bytes.subarray(0, SIGNATURE_LENGTH));
  if (mediaType === undefined) {
    const kind = foreignKind(bytes);
    // A program that calls itself a picture is told what it is, too.
    return refused(kind ? REFUSALS[kind] : (judgeName(name) ?? 'FILE_TYPE'));
  }
  if (EXTENSION.test(name) && !NAMES[mediaType].test(name)) return refused('FILE_DISGUISED');
  const end = contentEnd(bytes, mediaType);
  if (end === undefined) return refused('FILE_DAMAGED');
  if (endsAsZip(bytes) || hidesBehind(bytes.subarray(end))) return refused('FILE_DISGUISED');
  return { ok: true, mediaType };
}

/** Cameras write notes of their own behind a picture; programs and archives are none. */
function hidesBehind(rest: Uint8Array): boolean {
  const begin = rest.findIndex((byte) => byte !== 0 && byte !== 0x0a && byte !== 0x0d && byte !== 0x20);
  return begin >= 0 && foreignKind(rest.subarray(begin)) !== undefined;
}
