import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { Agreement } from '@hufu/contracts';
import { canonicalJsonBytes } from '@hufu/kernel';
import { z } from 'zod';
import type { Tx } from '../../../infra/database/database.ts';
import { entityError } from '../errors.ts';
import { type Acceptance, entityTables } from '../tables.ts';

/** A text of the registration (LIB-REG-04). A new wording is a new version. */
export type AgreementText = z.infer<typeof Agreement>;

/** @throws ZodError naming what is wrong with the file */
export function readAgreements(file: string): AgreementText[] {
  const texts = z.array(Agreement.omit({ sha256: true })).parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  return texts.map((text) => ({
    ...text,
    sha256: createHash('sha256').update(canonicalJsonBytes(text)).digest('hex'),
  }));
}

/** All of them, in the wording of today: what was read is what is agreed to. @throws LIBRARY_AGREEMENTS */
export function mustBeAccepted(agreements: readonly AgreementText[], accepted: readonly Acceptance[]): void {
  const missing = agreements.filter(
    (text) =>
      !accepted.some(
        ({ code, version, sha256 }) =>
          code === text.code && version === text.version && sha256 === text.sha256,
      ),
  );
  if (missing.length > 0)
    throw entityError('LIBRARY_AGREEMENTS', { missing: missing.map(({ code }) => code) });
}

export async function keepAcceptance(
  tx: Tx,
  agreements: readonly AgreementText[],
  { entityId, fingerprint, at }: { entityId: string; fingerprint: string | null; at: Date },
): Promise<void> {
  if (agreements.length === 0) return;
  await entityTables(tx)
    .insertInto('library_agreement')
    .values(
      agreements.map(({ code, version, sha256 }) => ({
        entity_id: entityId,
        code,
        version,
        text_sha256: sha256,
        agreed_at: at,
        key_fingerprint: fingerprint,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
