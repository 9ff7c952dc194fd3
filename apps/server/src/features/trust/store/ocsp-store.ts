import { type Executor, tablesOf } from '../../../infra/database/database.ts';
import type { TrustTables } from '../tables.ts';

const tables = (executor: Executor) => tablesOf<TrustTables>(executor);

export type OcspAnswer = {
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  readonly authorityId: string;
  readonly response: Uint8Array;
  readonly fetchedAt: number;
  readonly expiresAt: number;
};

/** An answer that another server got, or this one before a restart. It is judged anew by whoever takes it. */
export async function findOcspAnswer(
  executor: Executor,
  fingerprint: string,
  at: number,
): Promise<OcspAnswer | undefined> {
  const row = await tables(executor)
    .selectFrom('trust_ocsp_answer')
    .selectAll()
    .where('certificate_sha256', '=', fingerprint)
    .where('expires_at', '>', new Date(at))
    .executeTakeFirst();
  return (
    row && {
      fingerprint,
      authorityId: row.authority_id,
      response: new Uint8Array(row.response),
      fetchedAt: row.fetched_at.getTime(),
      expiresAt: row.expires_at.getTime(),
    }
  );
}

export async function storeOcspAnswer(executor: Executor, answer: OcspAnswer): Promise<void> {
  const values = {
    authority_id: answer.authorityId,
    response: Buffer.from(answer.response),
    fetched_at: new Date(answer.fetchedAt),
    expires_at: new Date(answer.expiresAt),
  };
  await tables(executor)
    .insertInto('trust_ocsp_answer')
    .values({ certificate_sha256: answer.fingerprint, ...values })
    .onConflict((conflict) => conflict.column('certificate_sha256').doUpdateSet(values))
    .execute();
}

export async function purgeOcspAnswers(executor: Executor, at: number): Promise<void> {
  await tables(executor).deleteFrom('trust_ocsp_answer').where('expires_at', '<=', new Date(at)).execute();
}
