import { equalBytes, fromBase64 } from '@hufu/kernel';
import type { HalfAnswer, HalfOp, HalfRequest, SignedRequest } from '@hufu/phone-key';
import { isRequestOfKey } from '@hufu/pki';
import { withTransaction } from '../../../infra/database/database.ts';
import type { PhoneUser } from '../../access/index.ts';
import { nowOf, type PhoneDeps } from '../deps.ts';
import { type DeviceRow, deviceById } from '../devices/device-store.ts';
import { useOfRewrap } from '../envelopes/rewrap.ts';
import { phoneError } from '../errors.ts';
import { phoneTables } from '../tables.ts';
import { createUses } from '../uses/authorise.ts';
import { destroyHalves, halvesByIds, type OwnedHalf, shownState } from './half-store.ts';
import { receiversOf, sharedCertificate } from './receivers.ts';
import { checkedRequest, relayToVault } from './relay.ts';

type Calling = {
  readonly user: PhoneUser;
  readonly op: HalfOp;
  readonly request: SignedRequest;
};

type Known = { readonly deps: PhoneDeps; readonly user: PhoneUser; readonly device: DeviceRow };

/**
 * What a device does with its own halves: make, store, renew, hand over, destroy. Keys are used through a scan; here
 * they sign requests for certificates, and open what is re-wrapped to a successor, and nothing else.
 * @throws PHONE_DEVICE_REQUIRED, PHONE_HALF_FOREIGN, PHONE_DEVICE_FROZEN, PHONE_USE_REQUIRED, PHONE_RECEIVER,
 *   PHONE_VAULT_ABSENT, and the vault's codes
 */
export async function callVault(
  deps: PhoneDeps,
  { user, op, request }: Calling,
): Promise<HalfAnswer<HalfOp>> {
  const device = user.deviceId === null ? undefined : await deviceById(deps.database.db, user.deviceId);
  if (device?.state !== 'ACTIVE') throw phoneError('PHONE_DEVICE_REQUIRED');
  return CALLS[op]({ deps, user, device }, request);
}

type Calls = {
  readonly [Op in HalfOp]: (known: Known, request: SignedRequest) => Promise<HalfAnswer<Op>>;
};

const CALLS: Calls = {
  async 'enrol-begin'(known, request) {
    const message = await read(known, 'enrol-begin', request);
    if (!equalBytes(fromBase64(message.device), new Uint8Array(known.device.signing_key))) {
      throw phoneError('PHONE_HALF_FOREIGN');
    }
    return relayToVault(known.deps, { op: 'enrol-begin', request, halfId: undefined });
  },
  async 'enrol-finish'(known, request) {
    await read(known, 'enrol-finish', request);
    const answer = await relayToVault(known.deps, { op: 'enrol-finish', request, halfId: undefined });
    const [status] = (await known.deps.halves?.statuses([answer.halfId])) ?? [];
    if (status === undefined) throw phoneError('PHONE_HALF_FOREIGN');
    await insertHalf(known.deps, {
      id: answer.halfId,
      usage: status.usage,
      deviceId: known.device.id,
      publicKey: fromBase64(answer.publicKey),
    });
    return answer;
  },
  async confirm(known, request) {
    const { message, half } = await ofOwnHalf(known, 'confirm', request);
    const answer = await relayToVault(known.deps, { op: 'confirm', request, halfId: half.id });
    await phoneTables(known.deps.database.db)
      .updateTable('phone_half')
      .set({ confirmed_at: nowOf(known.deps) })
      .where('id', '=', message.halfId)
      .where('confirmed_at', 'is', null)
      .execute();
    return answer;
  },
  async sign(known, request) {
    const { message, half } = await ofOwnHalf(known, 'sign', request);
    const orderId = /^order:(.+)$/.exec(message.order)?.[1];
    const { deps, user } = known;
    const isForOrder =
      half.state === 'NEW' &&
      half.split_by === null &&
      orderId !== undefined &&
      message.items.every((item) =>
        isRequestOfKey(fromBase64(item.message), new Uint8Array(half.public_key)),
      ) &&
      (await deps.isDownloading(deps.database.db, { orderId, userId: user.userId }));
    if (!isForOrder) throw phoneError('PHONE_USE_REQUIRED');
    return relayToVault(known.deps, { op: 'sign', request, halfId: half.id });
  },
  async decrypt(known, request) {
    const { message } = await ofOwnHalf(known, 'decrypt', request);
    const { deps, user } = known;
    const useId = await useOfRewrap(deps, { message, userId: user.userId });
    return createUses(deps).relay(useId, 'decrypt', request);
  },
  async renew(known, request) {
    const { half } = await ofOwnHalf(known, 'renew', request);
    mustBeInUse(half);
    return relayToVault(known.deps, { op: 'renew', request, halfId: half.id });
  },
  async split(known, request) {
    const { message, half } = await ofOwnHalf(known, 'split', request);
    mustBeInUse(half);
    const to = await receiverOf(known, { half, signingKey: message.receiver });
    const answer = await relayToVault(known.deps, { op: 'split', request, halfId: half.id });
    await insertHalf(known.deps, {
      id: answer.newHalfId,
      usage: half.usage,
      deviceId: to.deviceId,
      publicKey: new Uint8Array(half.public_key),
      of: { certificateId: half.certificate_id!, splitBy: known.device.id },
    });
    return answer;
  },
  async accept(known, request) {
    const { half } = await ofOwnHalf(known, 'accept', request);
    if (half.state !== 'NEW' || half.split_by === null) throw phoneError('PHONE_HALF_FOREIGN');
    return relayToVault(known.deps, { op: 'accept', request, halfId: half.id });
  },
  async abort(known, request) {
    const { half } = await ofOwnHalf(known, 'abort', request);
    return relayToVault(known.deps, { op: 'abort', request, halfId: half.id });
  },
  async destroy(known, request) {
    const { half } = await ofOwnHalf(known, 'destroy', request);
    const answer = await relayToVault(known.deps, { op: 'destroy', request, halfId: half.id });
    await withTransaction(known.deps.database, async (tx) => {
      await destroyHalves(known.deps, tx, [half.id]);
      await known.deps.audit.record(tx, {
        actor: { kind: 'person', id: known.user.userId },
        action: 'phone.destroy-half',
        subject: { kind: 'phone-half', id: half.id },
        after: { certificate: half.certificate_id, device: known.device.id },
      });
    });
    return answer;
  },
};

const read = <Op extends HalfOp>(
  { device }: Known,
  op: Op,
  request: SignedRequest,
): Promise<HalfRequest<Op>> =>
  checkedRequest({ op, request, signingKey: new Uint8Array(device.signing_key) });

type OfHalf = Exclude<HalfOp, 'enrol-begin' | 'enrol-finish'>;

/** @throws PHONE_HALF_FOREIGN */
async function ofOwnHalf<Op extends OfHalf>(
  known: Known,
  op: Op,
  request: SignedRequest,
): Promise<{ readonly message: HalfRequest<Op>; readonly half: OwnedHalf }> {
  const message = await read(known, op, request);
  const { halfId } = message as HalfRequest<OfHalf>;
  const [half] = await halvesByIds(known.deps.database.db, [halfId]);
  if (half === undefined || half.device_id !== known.device.id) throw phoneError('PHONE_HALF_FOREIGN');
  return { message, half };
}

function mustBeInUse(half: OwnedHalf): void {
  const state = shownState(half);
  if (state === 'NEW' || half.certificate_id === null) throw phoneError('PHONE_HALF_FOREIGN');
  if (state === 'HELD') throw phoneError('PHONE_DEVICE_FROZEN');
  if (state === 'LOCKED') throw phoneError('PHONE_PIN_LOCKED');
  if (state !== 'ACTIVE') throw phoneError('PHONE_HALF_STOPPED');
}

async function receiverOf(
  { deps, user }: Known,
  { half, signingKey }: { readonly half: OwnedHalf; readonly signingKey: string },
) {
  const { db } = deps.database;
  const certificate = await sharedCertificate(db, { id: half.certificate_id!, user });
  const receivers = await receiversOf(db, { certificate, user });
  const found = receivers.find((one) => one.signingKey === signingKey);
  if (found === undefined) throw phoneError('PHONE_RECEIVER');
  return found;
}

type NewHalf = {
  readonly id: string;
  readonly usage: OwnedHalf['usage'];
  readonly deviceId: string;
  readonly publicKey: Uint8Array;
  readonly of?: { readonly certificateId: string; readonly splitBy: string };
};

async function insertHalf(deps: PhoneDeps, { id, usage, deviceId, publicKey, of }: NewHalf): Promise<void> {
  await phoneTables(deps.database.db)
    .insertInto('phone_half')
    .values({
      id,
      usage,
      device_id: deviceId,
      certificate_id: of?.certificateId ?? null,
      public_key: Buffer.from(publicKey),
      split_by: of?.splitBy ?? null,
      confirmed_at: null,
      state: 'NEW',
      holds: '[]',
      created_at: nowOf(deps),
    })
    // The device repeats what it did not hear the answer of.
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

const FORGOTTEN_MS = 2 * 86_400_000;

/** Made for an order or an offer that nothing came of. */
export async function dropForgottenHalves(deps: PhoneDeps): Promise<void> {
  const before = new Date(deps.clock.now() - FORGOTTEN_MS);
  const rows = await phoneTables(deps.database.db)
    .selectFrom('phone_half')
    .select('id')
    .where('state', '=', 'NEW')
    .where('created_at', '<', before)
    .limit(500)
    .execute();
  await withTransaction(deps.database, (tx) =>
    destroyHalves(
      deps,
      tx,
      rows.map(({ id }) => id),
    ),
  );
}
