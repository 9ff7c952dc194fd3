import { type ExchangeRegistration, ExchangeRegistrationForm } from '@hufu/contracts';
import { z } from 'zod';
import type { Executor, Tx } from '../../../infra/database/database.ts';
import { type ApprovalKind, differences, type Proposal } from '../../desk/index.ts';
import { checkAddress, type PlatformRecord } from '../../platforms/index.ts';
import type { DeskBy, ExchangeDeps } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { enqueuePending } from '../notices/send-notices.ts';
import { registrationOf, updateRegistration } from './registration-store.ts';

/** @throws EXCHANGE_UNKNOWN */
export async function existingPlatform(
  deps: Pick<ExchangeDeps, 'platforms'>,
  executor: Executor,
  code: string,
): Promise<PlatformRecord> {
  const platform = await deps.platforms.byCode(code, executor);
  if (platform === undefined) throw exchangeError('EXCHANGE_UNKNOWN');
  return platform;
}

/** @throws EXCHANGE_UNKNOWN */
export async function showRegistration(
  deps: Pick<ExchangeDeps, 'platforms'>,
  executor: Executor,
  code: string,
): Promise<ExchangeRegistration> {
  const { name } = await existingPlatform(deps, executor, code);
  const { webhookUrl, keys, scopes, recognises, version } = await registrationOf(executor, code);
  return {
    platform: code,
    name,
    version,
    webhookUrl,
    keys: [...keys],
    scopes: [...scopes],
    recognises: [...recognises],
  };
}

type Form = z.output<typeof ExchangeRegistrationForm>;
type Change = { readonly code: string; readonly form: Form; readonly by: DeskBy };

/** @throws EXCHANGE_UNKNOWN, PLATFORM_ADDRESS */
async function mustFit(
  deps: Pick<ExchangeDeps, 'platforms'>,
  executor: Executor,
  { code, form }: Pick<Change, 'code' | 'form'>,
): Promise<void> {
  if (form.webhookUrl !== null) checkAddress(form.webhookUrl);
  const known = new Set((await deps.platforms.all(executor)).map((platform) => platform.code));
  if (!form.recognises.every((other) => other !== code && known.has(other))) {
    throw exchangeError('EXCHANGE_UNKNOWN', { of: 'recognises' });
  }
}

/** @throws EXCHANGE_UNKNOWN, EXCHANGE_STALE, EXCHANGE_UNCHANGED, PLATFORM_ADDRESS */
export async function registrationProposal(
  deps: Pick<ExchangeDeps, 'platforms' | 'database'>,
  { code, form }: Pick<Change, 'code' | 'form'>,
): Promise<Proposal> {
  const { db } = deps.database;
  const before = await showRegistration(deps, db, code);
  if (before.version !== form.version) throw exchangeError('EXCHANGE_STALE');
  await mustFit(deps, db, { code, form });
  const { reason: _, version, ...fields } = form;
  const changes = differences(before, fields);
  if (changes.length === 0) throw exchangeError('EXCHANGE_UNCHANGED');
  return {
    kind: 'EXCHANGE_CHANGE',
    subject: code,
    subjectState: `${code}#exchange-${version}`,
    summary: `修改平台数据交换设置：${before.name}`,
    changes,
    payload: { code, version, fields },
  };
}

const Payload = z.object({
  code: z.string(),
  version: z.int(),
  fields: ExchangeRegistrationForm.omit({ version: true, reason: true }),
});

/** What the second person's yes does. */
export const registrationChanged = (deps: ExchangeDeps): ApprovalKind => ({
  async apply(tx, { row, actor }) {
    const { code, version, fields } = Payload.parse(row.payload);
    const form = { ...fields, version, reason: row.reason };
    await changeRegistration(deps, tx, { code, form, by: { actor } });
  },
});

/**
 * The one way by which an address to send to, a key to trust and a policy of recognition come in.
 * @throws EXCHANGE_UNKNOWN, EXCHANGE_STALE, PLATFORM_ADDRESS
 */
export async function changeRegistration(
  deps: ExchangeDeps,
  tx: Tx,
  { code, form, by }: Change,
): Promise<ExchangeRegistration> {
  await mustFit(deps, tx, { code, form });
  const before = await showRegistration(deps, tx, code);
  const at = new Date(deps.clock.now());
  const { reason, ...to } = form;
  if (!(await updateRegistration(tx, { platformCode: code, at }, to))) throw exchangeError('EXCHANGE_STALE');
  if (before.webhookUrl === null && form.webhookUrl !== null) await enqueuePending(deps, tx, code);
  await deps.audit.record(tx, {
    actor: by.actor,
    action: 'exchange.register',
    subject: { kind: 'exchange-platform', id: code },
    before,
    after: { ...to, version: to.version + 1 },
    reason,
    ...(by.from ? { origin: by.from } : {}),
  });
  return showRegistration(deps, tx, code);
}
