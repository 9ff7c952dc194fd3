import { UnbindForm } from '@hufu/contracts';
import { CodedError } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Attachments } from '../../../infra/attachments/attachments.ts';
import { imageSize } from '../../../infra/attachments/image-size.ts';
import { parseForm } from '../../../infra/http/parse-form.ts';
import { hubError } from '../errors.ts';

export type ScanField = 'licenceScan' | 'authorisation';

export type Scan = {
  readonly field: ScanField;
  readonly attachmentId: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly warnings: readonly string[];
};

export type Received = {
  readonly form: z.output<typeof UnbindForm>;
  readonly scans: readonly Scan[];
};

const FIELDS: readonly ScanField[] = ['licenceScan', 'authorisation'];
const LONGEST_NAME = 200;

/**
 * Reads the application as it streams in: both scans, judged by their content, and the fields beside them.
 * @throws UNBIND_FILE_MISSING, FILE_TYPE, FILE_TOO_LARGE, FILE_EMPTY, and the fields' own complaints
 */
export async function receiveScans(request: FastifyRequest, attachments: Attachments): Promise<Received> {
  if (!request.isMultipart()) throw new CodedError('REQUEST_TYPE');
  const fields: Record<string, unknown> = {};
  const scans = new Map<ScanField, Scan>();
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value;
      continue;
    }
    const field = FIELDS.find((one) => one === part.fieldname);
    if (field === undefined || scans.has(field)) {
      part.file.resume();
      continue;
    }
    const stored = await attachments.store(part.file);
    scans.set(field, {
      field,
      attachmentId: stored.sha256,
      name: cleanName(part.filename),
      size: stored.size,
      type: stored.mediaType,
      warnings: await warningsOf(attachments, stored.sha256),
    });
  }
  if (scans.size !== FIELDS.length) throw hubError('UNBIND_FILE_MISSING');
  return { form: parseForm(UnbindForm, fields), scans: [...scans.values()] };
}

/** A name for people to recognise a file by; never part of a path. RFC 7578 §4.2: a sender may leave it out. */
const cleanName = (name: string | undefined): string =>
  (name ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\\/]/gu, '')
    .slice(-LONGEST_NAME) || 'scan';

/** Below this, print of the usual size on a licence can no longer be read with certainty. */
const SHARP_PIXELS = 1000;
const HEAD_BYTES = 256 * 1024;

/** HUB-104 words clearness as advice: warn, and let the desk decide. */
async function warningsOf(attachments: Attachments, id: string): Promise<string[]> {
  const { stream, mediaType } = await attachments.open(id);
  if (mediaType === 'application/pdf') {
    stream.destroy();
    return [];
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= HEAD_BYTES) break;
  }
  const size = imageSize(new Uint8Array(Buffer.concat(chunks)));
  if (size === undefined) return ['UNREADABLE'];
  return Math.min(size.width, size.height) < SHARP_PIXELS ? ['LOW_RESOLUTION'] : [];
}
