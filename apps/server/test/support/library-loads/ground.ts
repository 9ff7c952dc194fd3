import fs from 'node:fs';
import { createApp } from '../../../src/app.ts';
import { ANONYMOUS, type Member } from '../../../src/features/access/index.ts';
import { createEvidence } from '../../../src/features/evidence/index.ts';
import { createRecords } from '../../../src/features/records/index.ts';
import type { Infra } from '../../../src/infra/infra.ts';
import { directoryTransport } from '../../../src/infra/mail/mail.ts';

const HEADER = 'x-bench-entity';

export const rowsOf = async <T>(infra: Infra, query: string, values: unknown[] = []): Promise<T[]> =>
  (await infra.database.pool.query(query, values)).rows as T[];

/** Entities that are called like somebody's, whose members are whom a header names. */
export async function recordsOf(infra: Infra) {
  const evidence = await createEvidence(infra);
  const members = async ({ headers }: { headers: Record<string, unknown> }) => {
    const entityId = headers[HEADER];
    return typeof entityId === 'string' ? memberOf(entityId) : ANONYMOUS;
  };
  const records = createRecords(infra, {
    members,
    owner: async () => ({ name: '呼和浩特青山建设工程有限公司', uscc: null }),
    ownFiles: async (_executor, _entity, sha256s) => new Set(sha256s),
    evidence: (id, page) => evidence.ofRecord(id, page),
    hooks: [],
  });
  return { evidence, members, records };
}

function memberOf(entityId: string): Member {
  return {
    kind: 'member',
    sessionId: 'bench',
    entityId,
    entityKind: 'ORGANISATION',
    entityState: 'ACTIVE',
    standing: 'PRIMARY',
    keyId: null,
    fingerprint: 'ab'.repeat(32),
    identity: null,
    modules: 'all',
  };
}

/** Asks as a member of that entity. @throws unless it is answered well */
export type Asking = (entityId: string, address: string, body?: object) => Promise<Response>;

/** The API of the records over HTTP, with evidence. */
export async function openApi(infra: Infra): Promise<Asking> {
  const { evidence, members, records } = await recordsOf(infra);
  const nobody = async () => ANONYMOUS;
  const { dataDirectory, baseUrl, mailFrom } = infra.config;
  fs.writeFileSync(`${dataDirectory}/index.html`, '<!doctype html>');
  const app = await createApp({
    infra,
    features: [records.feature, evidence.feature({ holders: nobody, operators: nobody, members })],
    mailTransport: directoryTransport(`${dataDirectory}/mail`, mailFrom),
    portalDirectory: dataDirectory,
  });
  await app.listen();
  return async (entityId, address, body) => {
    const answer = await fetch(`${baseUrl}/api/v1/library/records/${address}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        [HEADER]: entityId,
        origin: new URL(baseUrl).origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
}
