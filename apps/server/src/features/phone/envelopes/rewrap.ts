import type { PhoneEnvelopes, PhoneErrorCode, PhoneRewrap } from '@hufu/contracts';
import { decodeSm2Cipher, sm3 } from '@hufu/gm';
import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import type { HalfRequest } from '@hufu/phone-key';
import type { AuditOrigin } from '../../../infra/audit/audit.ts';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { type CertificateRow, certificateBy, stateAt } from '../certificates/certificate-store.ts';
import { standingOf } from '../certificates/standing.ts';
import { personActor } from '../context.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import { phoneTables } from '../tables.ts';
import { createUses } from '../uses/authorise.ts';

/** The vault's journal names a re-wrap so. */
const orderOf = (id: string): string => `rewrap:${id}`;

type Asking = { readonly id: string; readonly user: PhoneUser };

/** @throws PHONE_UNKNOWN to whoever does not administer the certificate */
async function administered(executor: Executor, { id, user }: Asking): Promise<CertificateRow> {
  const row = await certificateBy(executor, 'id', id);
  if (row === undefined || (await standingOf(executor, row, user.userId)).kind !== 'HOLDER') {
    throw phoneError('PHONE_UNKNOWN');
  }
  return row;
}

/** The certificate in force that has taken its place, perhaps over several changes. */
async function successorOf(
  deps: Pick<PhoneDeps, 'clock'>,
  executor: Executor,
  row: CertificateRow,
): Promise<CertificateRow | undefined> {
  let next: CertificateRow | undefined = row;
  while (next?.replaced_by != null) next = await certificateBy(executor, 'id', next.replaced_by);
  const serves =
    next !== undefined &&
    next.id !== row.id &&
    next.encryption_certificate !== null &&
    stateAt(next, deps.clock.now()) === 'EFFECTIVE';
  return serves ? next : undefined;
}

/** Files that this certificate alone opens (OD-31). @throws PHONE_UNKNOWN */
export async function listEnvelopes(deps: PhoneDeps, asked: Asking): Promise<PhoneEnvelopes> {
  const { db } = deps.database;
  const row = await administered(db, asked);
  const listed = await deps.envelopes.of(db, row.id);
  return {
    envelopes: listed.map(({ id, title, waiting }) => ({ id, title, waiting })),
    to: (await successorOf(deps, db, row))?.id ?? null,
  };
}

type Beginning = Asking & { readonly envelopes: readonly string[]; readonly from: AuditOrigin };

/**
 * The use of the former decryption key is authorised and recorded as any other; the device then opens the content keys
 * with the vault and encrypts them to the successor, under one PIN.
 * @throws PHONE_UNKNOWN, PHONE_CERTIFICATE_STATE without a successor in force, and what stands against the use
 */
export async function beginRewrap(deps: PhoneDeps, asked: Beginning): Promise<PhoneRewrap> {
  const begun = await withTransaction(deps.database, async (tx) => {
    const row = await administered(tx, asked);
    const to = await successorOf(deps, tx, row);
    if (to === undefined) throw phoneError('PHONE_CERTIFICATE_STATE');
    const listed = new Map((await deps.envelopes.of(tx, row.id)).map((one) => [one.id, one]));
    const wanted = [...new Set(asked.envelopes)].map((id) => listed.get(id));
    const envelopes = wanted.filter((one) => one !== undefined);
    if (envelopes.length !== wanted.length) throw phoneError('PHONE_UNKNOWN');
    const id = deps.newId();
    const verdict = await createUses(deps).authorise(tx, {
      user: asked.user,
      certificateId: row.id,
      purpose: 'decrypt',
      usage: 'decrypt',
      scope: 'HUB',
      order: orderOf(id),
      origin: deps.origin,
      count: envelopes.length,
      from: asked.from,
    });
    // Committed either way: what was refused is on record too.
    if (!verdict.allowed) return verdict;
    await phoneTables(tx)
      .insertInto('phone_rewrap')
      .values({
        id,
        user_id: asked.user.userId,
        certificate_id: row.id,
        to_certificate: to.id,
        use_id: verdict.useId,
        envelopes: JSON.stringify(
          envelopes.map((one) => ({ id: one.id, sm3: toBase64(sm3(one.ciphertext)) })),
        ),
        at: nowOf(deps),
      })
      .execute();
    return {
      allowed: true as const,
      rewrap: {
        id,
        order: orderOf(id),
        halfId: verdict.halfId,
        ciphertexts: envelopes.map(({ ciphertext }) => toBase64(ciphertext)),
        recipient: toBase64(new Uint8Array(to.encryption_certificate!)),
      },
    };
  });
  if (!begun.allowed) throw new CodedError(begun.code satisfies PhoneErrorCode);
  return begun.rewrap;
}

/**
 * The use that a request of the device belongs to: it must be about exactly the ciphertexts that were given out.
 * @throws PHONE_USE_REQUIRED
 */
export async function useOfRewrap(
  deps: PhoneDeps,
  { message, userId }: { readonly message: HalfRequest<'decrypt'>; readonly userId: string },
): Promise<string> {
  const id = /^rewrap:(.+)$/.exec(message.order)?.[1] ?? '';
  const row = await phoneTables(deps.database.db)
    .selectFrom('phone_rewrap')
    .select(['use_id', 'envelopes'])
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  const isSame =
    row !== undefined &&
    row.envelopes.length === message.items.length &&
    row.envelopes.every(({ sm3: digest }, index) => message.items[index]?.ciphertextSm3 === digest);
  if (!isSame) throw phoneError('PHONE_USE_REQUIRED');
  return row.use_id;
}

type Finishing = Asking & { readonly ciphertexts: readonly string[]; readonly from: AuditOrigin };

/** @throws PHONE_REWRAP */
function readCiphertext(base64: string): Uint8Array {
  const der = fromBase64(base64);
  try {
    decodeSm2Cipher(der);
    return der;
  } catch (error) {
    throw phoneError('PHONE_REWRAP', {}, error);
  }
}

/**
 * One recipient more for each file. Nobody can check a content key without opening it, so the former recipient stays:
 * what a faulty device sends loses nothing.
 * @throws PHONE_UNKNOWN, PHONE_ANSWERED, PHONE_REWRAP for what is no ciphertext, or one too few
 */
export async function finishRewrap(deps: PhoneDeps, asked: Finishing): Promise<void> {
  const ciphertexts = asked.ciphertexts.map(readCiphertext);
  await withTransaction(deps.database, async (tx) => {
    const row = await phoneTables(tx)
      .selectFrom('phone_rewrap')
      .selectAll()
      .where('id', '=', asked.id)
      .where('user_id', '=', asked.user.userId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw phoneError('PHONE_UNKNOWN');
    if (row.done_at !== null) throw phoneError('PHONE_ANSWERED');
    if (row.envelopes.length !== ciphertexts.length) throw phoneError('PHONE_REWRAP');
    for (const [index, { id }] of row.envelopes.entries()) {
      await deps.envelopes.addRecipient(tx, {
        envelopeId: id,
        certificateId: row.to_certificate,
        ciphertext: ciphertexts[index]!,
      });
    }
    await phoneTables(tx)
      .updateTable('phone_rewrap')
      .set({ done_at: nowOf(deps) })
      .where('id', '=', row.id)
      .execute();
    await createUses(deps).close(tx, { useId: row.use_id, outcome: 'DONE' });
    const { entity_id: entity } = (await certificateBy(tx, 'id', row.certificate_id))!;
    await deps.audit.record(tx, {
      actor: personActor(asked.user),
      action: 'phone.rewrap',
      subject: { kind: 'phone-certificate', id: row.certificate_id },
      after: { to: row.to_certificate, envelopes: row.envelopes.map(({ id }) => id) },
      ...(entity === null ? {} : { entity }),
      origin: asked.from,
    });
  });
}
