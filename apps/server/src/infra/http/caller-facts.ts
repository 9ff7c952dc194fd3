import type { FastifyRequest } from 'fastify';
import type { AuditOrigin } from '../audit/audit.ts';
import { sourceKey } from './rate-limit.ts';

/** Hashes a source address under a key of the installation. */
export type SourceHash = (source: string) => string;

/** What the audit log may know of a request. */
export function auditOrigin(request: FastifyRequest, hash: SourceHash): AuditOrigin {
  return { requestId: request.id, sourceHash: hash(sourceKey(request.ip)) };
}
