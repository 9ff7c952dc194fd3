import { CodedError, fromBase64 } from '@hufu/kernel';
import type { HalfAnswer, HalfOp, HalfRequest, SignedRequest } from '@hufu/phone-key';
import { parseRequest, signedBytes } from '@hufu/phone-key';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { isSignedByDevice } from '../devices/present-device.ts';
import { phoneError } from '../errors.ts';
import { notify } from '../messages/messages.ts';
import { phoneTables } from '../tables.ts';
import { halvesByIds, halvesOfDevice, type OwnedHalf } from './half-store.ts';

type Received<Op extends HalfOp> = {
  readonly op: Op;
  readonly request: SignedRequest;
  /** Of the device that is logged in. */
  readonly signingKey: Uint8Array;
};

/**
 * A message that was signed by another device is not carried: nobody speaks to the vault for somebody else's phone.
 * @throws PHONE_REQUEST_INVALID, PHONE_HALF_FOREIGN
 */
export async function checkedRequest<Op extends HalfOp>({
  op,
  request,
  signingKey,
}: Received<Op>): Promise<HalfRequest<Op>> {
  const message = parseRequest(op, request.body);
  const isOwn = await isSignedByDevice({
    key: new Uint8Array(signingKey),
    message: signedBytes(request.body),
    signature: fromBase64(request.signature),
  });
  if (!isOwn) throw phoneError('PHONE_HALF_FOREIGN');
  return message;
}

type Carried<Op extends HalfOp> = {
  readonly op: Op;
  readonly request: SignedRequest;
  /** Undefined while there is none yet. */
  readonly halfId: string | undefined;
};

/** @throws PHONE_VAULT_ABSENT, and the vault's codes */
export async function relayToVault<Op extends HalfOp>(
  deps: PhoneDeps,
  { op, request, halfId }: Carried<Op>,
): Promise<HalfAnswer<Op>> {
  if (deps.halves === undefined) throw phoneError('PHONE_VAULT_ABSENT');
  try {
    const answer = await deps.halves.relay(op, request);
    if (halfId !== undefined && (op === 'sign' || op === 'decrypt')) await used(deps, halfId);
    return answer;
  } catch (error) {
    if (error instanceof CodedError && halfId !== undefined) await noteRefusal(deps, halfId, error.code);
    throw error;
  }
}

async function used(deps: PhoneDeps, halfId: string): Promise<void> {
  await phoneTables(deps.database.db)
    .updateTable('phone_half')
    .set({ last_used_at: nowOf(deps) })
    .where('id', '=', halfId)
    .execute();
}

const ENDS = {
  PHONE_PIN_LOCKED: { state: 'LOCKED', kind: 'PIN_LOCKED' },
  PHONE_CLONED: { state: 'FROZEN', kind: 'DEVICE_CLONED' },
  PHONE_ABORTED_TOO_OFTEN: { state: 'FROZEN', kind: 'DEVICE_CLONED' },
} as const;

/** The vault took the half out of use: the lists say so, and its person is told. */
async function noteRefusal(deps: PhoneDeps, halfId: string, code: string): Promise<void> {
  const end = Object.hasOwn(ENDS, code) ? ENDS[code as keyof typeof ENDS] : undefined;
  if (end === undefined) return;
  await withTransaction(deps.database, async (tx: Tx) => {
    const [half] = await halvesByIds(tx, [halfId]);
    if (half?.state !== 'ACTIVE') return;
    const stopped = code === 'PHONE_PIN_LOCKED' ? await lockedWith(deps, tx, half) : [half];
    for (const { id } of stopped) {
      await phoneTables(tx)
        .updateTable('phone_half')
        .set({ state: end.state })
        .where('id', '=', id)
        .execute();
      await deps.audit.record(tx, {
        actor: { kind: 'system' },
        action: 'phone.stop-half',
        subject: { kind: 'phone-half', id },
        after: { state: end.state, code },
      });
    }
    await notify(deps, tx, {
      kind: end.kind,
      to: { userId: half.user_id },
      facts: { deviceId: half.device_id, certificateId: half.certificate_id ?? '' },
    });
  });
}

/** The vault counts for all halves that one PIN entry opens (OD-38): what it locked with this one is locked here, too. */
async function lockedWith(deps: PhoneDeps, tx: Tx, half: OwnedHalf): Promise<OwnedHalf[]> {
  const active = (await halvesOfDevice(tx, half.device_id)).filter(({ state }) => state === 'ACTIVE');
  const statuses = (await deps.halves?.statuses(active.map(({ id }) => id))) ?? [];
  const locked = new Set(statuses.filter(({ state }) => state === 'LOCKED').map(({ halfId }) => halfId));
  return active.filter(({ id }) => id === half.id || locked.has(id));
}
