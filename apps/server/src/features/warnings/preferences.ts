import type { WarningPreferences, WarningPreferencesForm } from '@hufu/contracts';
import { drawRandom } from '@hufu/kernel';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { AuditActor, AuditOrigin } from '../../infra/audit/audit.ts';
import { type Executor, type Tx, withTransaction } from '../../infra/database/database.ts';
import { MAIL_QUEUE } from '../../infra/mail/mail.ts';
import type { WarningDeps } from './deps.ts';
import { CODE_MINUTES, codeMail } from './domain/mails.ts';
import { warningError } from './errors.ts';
import { type WarningTables, warningTables } from './tables.ts';

type Row = Selectable<WarningTables['library_warning_preference']>;

/** Where an address is kept, for the cipher. */
export const addressPlace = (entityId: string) => `library_warning_preference.address:${entityId}`;

const MOST_FAILURES = 5;

const rowOf = (executor: Executor, entityId: string): Promise<Row | undefined> =>
  warningTables(executor)
    .selectFrom('library_warning_preference')
    .selectAll()
    .where('entity_id', '=', entityId)
    .executeTakeFirst();

const viewOf = (row: Row | undefined): WarningPreferences =>
  row === undefined
    ? { address: null, confirmed: false, kinds: [], language: 'zh', version: 0 }
    : {
        address: row.address_masked,
        confirmed: row.confirmed,
        kinds: row.kinds,
        language: row.language,
        version: row.version,
      };

export const preferencesOf = async (executor: Executor, entityId: string): Promise<WarningPreferences> =>
  viewOf(await rowOf(executor, entityId));

/** z***@example.cn */
function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}

export type Wish = {
  readonly entityId: string;
  readonly form: z.output<typeof WarningPreferencesForm>;
  readonly actor: AuditActor;
  readonly origin: AuditOrigin;
};

/**
 * What is mailed, and where to. An address has to prove itself before anything but its code is sent to it.
 * @throws WARNING_STALE
 */
export async function choosePreferences(deps: WarningDeps, wish: Wish): Promise<WarningPreferences> {
  const { entityId, form } = wish;
  const at = new Date(deps.clock.now());
  const saved = await withTransaction(deps.database, async (tx) => {
    const before = await rowOf(tx, entityId);
    if ((before?.version ?? 0) !== form.version) throw warningError('WARNING_STALE');
    const kinds = [...new Set(form.kinds)];
    const common = { kinds: JSON.stringify(kinds), language: form.language, updated_at: at };
    const address = await addressColumns(deps, tx, wish, before);
    const row = await warningTables(tx)
      .insertInto('library_warning_preference')
      .values({ entity_id: entityId, ...NO_ADDRESS, ...address, ...common, last_digest_on: null, version: 1 })
      .onConflict((conflict) =>
        conflict
          .column('entity_id')
          .doUpdateSet({ ...address, ...common, version: form.version + 1 })
          .where('library_warning_preference.version', '=', form.version),
      )
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) throw warningError('WARNING_STALE');
    await forgetUnwanted(tx, row);
    await deps.audit.record(tx, {
      actor: wish.actor,
      action: 'warning.prefer',
      subject: { kind: 'entity', id: entityId },
      entity: entityId,
      after: { kinds, mailed: row.address_sealed !== null, confirmed: row.confirmed, version: row.version },
      origin: wish.origin,
    });
    return row;
  });
  deps.outbox.poke(MAIL_QUEUE);
  return viewOf(saved);
}

const NO_ADDRESS = {
  address_sealed: null,
  address_masked: null,
  confirmed: false,
  code_hash: null,
  code_until: null,
  code_failures: 0,
};

type AddressColumns = Partial<
  Pick<WarningTables['library_warning_preference'], 'address_sealed' | 'address_masked' | 'code_hash'> & {
    confirmed: boolean;
    code_until: Date | null;
    code_failures: number;
  }
>;

async function addressColumns(
  deps: WarningDeps,
  tx: Tx,
  { entityId, form }: Wish,
  before: Row | undefined,
): Promise<AddressColumns> {
  const { address } = form;
  if (address === undefined) return {};
  if (address === null) return NO_ADDRESS;
  const known = before?.address_sealed ?? null;
  const isSame = known !== null && deps.cipher.open(known, addressPlace(entityId)) === address;
  if (isSame && before?.confirmed) return {};
  const code = sixDigits(deps);
  await deps.mailer.send(tx, codeMail(address, code, form.language));
  return {
    address_sealed: deps.cipher.seal(address, addressPlace(entityId)),
    address_masked: maskAddress(address),
    confirmed: false,
    code_hash: codeHash(deps, entityId, code),
    code_until: new Date(deps.clock.now() + CODE_MINUTES * 60_000),
    code_failures: 0,
  };
}

/** Without bias: the last, incomplete million of the 32 bits is drawn again. */
function sixDigits(deps: WarningDeps): string {
  const most = Math.floor(2 ** 32 / 1e6) * 1e6;
  for (;;) {
    const bytes = drawRandom(deps.random, 4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (drawn < most) return String(drawn % 1e6).padStart(6, '0');
  }
}

const codeHash = (deps: WarningDeps, entityId: string, code: string): string =>
  deps.cipher.index(`${entityId}:${code}`, 'library_warning_preference.code');

/** What waits for a mail that is no longer wanted. */
async function forgetUnwanted(tx: Tx, row: Row): Promise<void> {
  const query = warningTables(tx)
    .updateTable('library_warning')
    .set({ mail_due: false })
    .where('entity_id', '=', row.entity_id)
    .where('mail_due', '=', true);
  await (row.confirmed && row.kinds.length > 0 ? query.where('kind', 'not in', row.kinds) : query).execute();
}

export type Proof = { readonly entityId: string; readonly code: string };

/** Five wrong answers use a code up. @throws WARNING_CODE */
export async function confirmAddress(
  deps: WarningDeps,
  { entityId, code }: Proof,
): Promise<WarningPreferences> {
  const now = new Date(deps.clock.now());
  const confirmed = await withTransaction(deps.database, async (tx) => {
    const row = await warningTables(tx)
      .selectFrom('library_warning_preference')
      .selectAll()
      .where('entity_id', '=', entityId)
      .forUpdate()
      .executeTakeFirst();
    const open = row?.code_until != null && row.code_until > now && row.code_failures < MOST_FAILURES;
    const isRight = open && row.code_hash === codeHash(deps, entityId, code);
    const change = isRight
      ? { confirmed: true, code_hash: null, code_until: null, code_failures: 0, version: row.version + 1 }
      : { code_failures: (row?.code_failures ?? 0) + 1 };
    const after = await warningTables(tx)
      .updateTable('library_warning_preference')
      .set({ ...change, updated_at: now })
      .where('entity_id', '=', entityId)
      .returningAll()
      .executeTakeFirst();
    return isRight ? after : undefined;
  });
  if (confirmed === undefined) throw warningError('WARNING_CODE');
  return viewOf(confirmed);
}
