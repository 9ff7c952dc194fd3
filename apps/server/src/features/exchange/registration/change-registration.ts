import type { ExchangeRegistration, ExchangeRegistrationForm } from '@hufu/contracts';
import type { z } from 'zod';
import { type Executor, type Tx, withTransaction } from '../../../infra/database/database.ts';
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

/**
 * The one way by which an address to send to, a key to trust and a policy of recognition come in.
 * @throws EXCHANGE_UNKNOWN, EXCHANGE_STALE, PLATFORM_ADDRESS
 */
export async function changeRegistration(
  deps: ExchangeDeps,
  tx: Tx,
  { code, form, by }: Change,
): Promise<ExchangeRegistration> {
  if (form.webhookUrl !== null) checkAddress(form.webhookUrl);
  const before = await showRegistration(deps, tx, code);
  const known = new Set((await deps.platforms.all(tx)).map((platform) => platform.code));
  if (!form.recognises.every((other) => other !== code && known.has(other))) {
    throw exchangeError('EXCHANGE_UNKNOWN', { of: 'recognises' });
  }
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

export const changeRegistrationNow = (deps: ExchangeDeps, change: Change): Promise<ExchangeRegistration> =>
  withTransaction(deps.database, (tx) => changeRegistration(deps, tx, change));
