import type { PhoneErrorCode, PhoneUse } from '@hufu/contracts';
import type { HalfUsage, SignedRequest } from '@hufu/phone-key';
import type { Tx } from '../../../infra/database/database.ts';
import { certificateBy, certificateFacts } from '../certificates/certificate-store.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { phoneError } from '../errors.ts';
import type { Authorised, Uses } from '../face.ts';
import { checkedRequest, relayToVault } from '../halves/relay.ts';
import { phoneTables } from '../tables.ts';
import { admitToPlatform } from './admit.ts';
import { judgeUse } from './usable.ts';

/** From the decision to the vault's answer: one request of the device. */
const LIFE_MS = 2 * 60_000;

type Asked = Parameters<Uses['authorise']>[1];

async function authorise(
  deps: PhoneDeps,
  tx: Tx,
  asked: Asked,
): Promise<Authorised | { readonly allowed: false; readonly code: PhoneErrorCode }> {
  const row = await certificateBy(tx, 'id', asked.certificateId);
  const { problem, half } =
    row === undefined
      ? { problem: 'PHONE_UNKNOWN' as const, half: undefined }
      : await judgeUse(deps, tx, { certificate: row, asked });
  const at = nowOf(deps);
  const id = deps.newId();
  await phoneTables(tx)
    .insertInto('phone_use')
    .values({
      id,
      user_id: asked.user.userId,
      device_id: asked.user.deviceId,
      certificate_id: row?.id ?? null,
      half_id: half?.id ?? null,
      usage: asked.usage,
      purpose: asked.purpose,
      scope: asked.scope,
      order_ref: asked.order,
      challenge_id: asked.challengeId ?? null,
      origin: asked.origin,
      count: asked.count,
      outcome: problem === null ? 'OPEN' : 'REFUSED',
      code: problem,
      at,
      expires_at: new Date(at.getTime() + LIFE_MS),
      closed_at: problem === null ? null : at,
    })
    .execute();
  if (problem !== null || half === undefined || row === undefined) {
    return { allowed: false, code: problem ?? 'PHONE_UNKNOWN' };
  }
  return {
    allowed: true,
    useId: id,
    halfId: half.id,
    certificate: certificateFacts(deps.cipher, row, deps.clock.now()),
  };
}

/** Read outside of any transaction: the vault is asked between two. @throws PHONE_USE_REQUIRED */
async function openUse(deps: PhoneDeps, id: string) {
  const use = await phoneTables(deps.database.db)
    .selectFrom('phone_use as u')
    .innerJoin('phone_device as d', 'd.id', 'u.device_id')
    .selectAll('u')
    .select('d.signing_key')
    .where('u.id', '=', id)
    .where('u.outcome', '=', 'OPEN')
    .where('u.relayed_at', 'is', null)
    .where('u.expires_at', '>', nowOf(deps))
    .executeTakeFirst();
  if (use === undefined) throw phoneError('PHONE_USE_REQUIRED');
  return use;
}

type OpenUse = Awaited<ReturnType<typeof openUse>>;

/** What was taken away since the decision counts (MOB-050). @throws the code of what stands against it now */
async function mustStillHold(deps: PhoneDeps, use: OpenUse): Promise<void> {
  const { db } = deps.database;
  const certificate = await certificateBy(db, 'id', use.certificate_id ?? '');
  if (certificate === undefined) throw phoneError('PHONE_UNKNOWN');
  const { problem } = await judgeUse(deps, db, {
    certificate,
    asked: {
      user: {
        kind: 'phone',
        sessionId: '',
        userId: use.user_id,
        deviceId: use.device_id,
        verified: true,
      },
      purpose: use.purpose,
      scope: use.scope,
    },
  });
  if (problem !== null) throw phoneError(problem);
}

/** One request for one use: of two at once, one is carried. @throws PHONE_USE_REQUIRED */
async function spend(deps: PhoneDeps, id: string): Promise<void> {
  const { numUpdatedRows } = await phoneTables(deps.database.db)
    .updateTable('phone_use')
    .set({ relayed_at: nowOf(deps) })
    .where('id', '=', id)
    .where('relayed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw phoneError('PHONE_USE_REQUIRED');
}

export const createUses = (deps: PhoneDeps): Uses => ({
  authorise: (tx, asked) => authorise(deps, tx, asked),
  async relay<Op extends HalfUsage>(useId: string, op: Op, request: SignedRequest) {
    const use = await openUse(deps, useId);
    const message = await checkedRequest({ op, request, signingKey: use.signing_key });
    if (op !== use.usage || message.halfId !== use.half_id) throw phoneError('PHONE_HALF_FOREIGN');
    if (message.order !== use.order_ref || message.items.length !== use.count) {
      throw phoneError('PHONE_USE_REQUIRED');
    }
    await mustStillHold(deps, use);
    await spend(deps, useId);
    return relayToVault(deps, { op, request, halfId: message.halfId });
  },
  async signer(challengeId) {
    const rows = await phoneTables(deps.database.db)
      .selectFrom('phone_use')
      .select('user_id')
      .distinct()
      .where('challenge_id', '=', challengeId)
      .where('outcome', '=', 'DONE')
      .execute();
    return rows.length === 1 ? rows[0]?.user_id : undefined;
  },
  admit: (entry) => admitToPlatform(deps, entry),
  async close(tx, { useId, outcome }) {
    await phoneTables(tx)
      .updateTable('phone_use')
      .set({ outcome, closed_at: nowOf(deps) })
      .where('id', '=', useId)
      .where('outcome', '=', 'OPEN')
      .execute();
  },
});

/** What was never told the end of. */
export async function expireUses(deps: PhoneDeps): Promise<void> {
  const outcome: PhoneUse['outcome'] = 'EXPIRED';
  await phoneTables(deps.database.db)
    .updateTable('phone_use')
    .set({ outcome, closed_at: nowOf(deps) })
    .where('outcome', '=', 'OPEN')
    .where('expires_at', '<=', nowOf(deps))
    .execute();
}
