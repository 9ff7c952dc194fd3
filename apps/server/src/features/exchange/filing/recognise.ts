import type { Recognition, RecognitionAnswer, RecognitionForm } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { z } from 'zod';
import type { Tx } from '../../../infra/database/database.ts';
import { answerOnce } from '../caller/answer-once.ts';
import { type ExchangeDeps, type PlatformBy, platformActor } from '../deps.ts';
import { exchangeError } from '../errors.ts';
import { registrationOf } from '../registration/registration-store.ts';
import { approvalsInForce, replaceRecognition } from './approval-store.ts';
import { showBase } from './decide-filing.ts';

const RECOGNITION_TYPE = 'hufu-recognition+jws';

type Recognising = {
  readonly form: z.output<typeof RecognitionForm>;
  readonly idempotencyKey: string | readonly string[] | undefined;
  readonly by: PlatformBy;
};

/**
 * Takes over another platform's approval of the very version that stands now, if the policy of this platform names
 * that other one.
 * @throws EXCHANGE_NOT_ACTIVATED, EXCHANGE_ENTITY_FROZEN, EXCHANGE_UNKNOWN, EXCHANGE_NOT_RECOGNISED
 */
export const recognise = (
  deps: ExchangeDeps,
  { form, idempotencyKey, by }: Recognising,
): Promise<RecognitionAnswer> =>
  answerOnce(deps, { platform: by.code, key: idempotencyKey, operation: 'recognise', request: form }, (tx) =>
    recogniseIn(deps, tx, { form, by }),
  );

async function recogniseIn(
  deps: ExchangeDeps,
  tx: Tx,
  { form, by }: Omit<Recognising, 'idempotencyKey'>,
): Promise<RecognitionAnswer> {
  const base = await showBase(deps, tx, { uscc: form.uscc, platformCode: by.code });
  const { recognises } = await registrationOf(tx, by.code);
  const entityId = base.entity.id;
  const approvals = await approvalsInForce(tx, { entityId, platforms: recognises });
  const approval = approvals.find(
    ({ record_id, version, sm3 }) =>
      record_id === base.record && version === base.version && sm3 === base.sm3,
  );
  if (approval === undefined) throw exchangeError('EXCHANGE_NOT_RECOGNISED');
  const at = new Date(deps.clock.now());
  const id = toBase64Url(deps.random(16));
  await replaceRecognition(tx, {
    id,
    platformCode: by.code,
    entityId,
    approvalId: approval.id,
    userRef: form.user,
    at,
  });
  const { platform_code: code, decided_at: decidedAt } = approval;
  const approver = await deps.platforms.byCode(code, tx);
  const recognition: Recognition = {
    id,
    entity: base.entity,
    record: base.record,
    version: base.version,
    sm3: base.sm3,
    approvedBy: { code, name: approver?.name ?? code },
    approvedAt: decidedAt.toISOString(),
    recognisedAt: at.toISOString(),
  };
  await deps.audit.record(tx, {
    actor: platformActor(by),
    action: 'exchange.recognise',
    subject: { kind: 'recognition', id },
    entity: entityId,
    after: {
      platform: by.code,
      approval: approval.id,
      approvedBy: code,
      version: base.version,
      sm3: base.sm3,
    },
    origin: by.from,
  });
  const signature = await deps.signer.sign(RECOGNITION_TYPE, {
    iss: deps.config.baseUrl,
    aud: by.clientId,
    jti: id,
    iat: Math.floor(at.getTime() / 1000),
    recognition,
  });
  return { recognition, signature };
}
