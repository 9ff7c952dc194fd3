import { createHash } from 'node:crypto';

/** Grants are named inside other artefacts and open nothing by themselves. */
const OPEN_KINDS = new Set(['Grant']);

/** How an id is kept: what a browser or platform presents as a secret, only as its hash. */
export function storedId(kind: string, id: string): string {
  if (OPEN_KINDS.has(kind)) return id;
  return createHash('sha256').update(`${kind}\0${id}`).digest('base64url');
}
