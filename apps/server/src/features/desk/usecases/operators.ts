import type { DemoManifest, DeskRole, OperatorForm } from '@hufu/contracts';
import { fromBase64, toBase64Url } from '@hufu/kernel';
import { z } from 'zod';
import { type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { OperatorCaller } from '../../access/index.ts';
import type { ApprovalKind, Proposal } from '../approval-kinds.ts';
import { type At, type DeskDeps, operatorActor } from '../deps.ts';
import { grantRefusal, lastAdminRefusal } from '../domain/grants.ts';
import { deskError } from '../errors.ts';
import {
  allOperators,
  insertOperator,
  lockOperators,
  namePlace,
  type OperatorCertificate,
  type OperatorRow,
  operatorByCertificate,
  operatorById,
  updateOperator,
} from '../store/operators.ts';
import { endSessionsOf } from '../store/sessions.ts';

type Form = z.output<typeof OperatorForm>;
const AddPayload = z.object({
  id: z.string(),
  nameSealed: z.string(),
  roles: z.array(z.string()),
  certificate: z.object({
    der: z.base64(),
    issuerSha256: z.string(),
    serialNumber: z.string(),
    spkiSha256: z.string(),
    fingerprint: z.string(),
    issuerName: z.string(),
  }),
});
const RolesPayload = z.object({ id: z.string(), roles: z.array(z.string()) });

const ROLE_NAMES: Readonly<Record<DeskRole, string>> = {
  clerk: '经办',
  reviewer: '复核',
  admin: '管理员',
  auditor: '审计',
};
const rolesText = (roles: readonly DeskRole[]) => roles.map((role) => ROLE_NAMES[role]).join('、');

/** @throws DESK_GRANT_TOO_HIGH, DESK_DUPLICATE, and what the certificate reader refuses */
export async function proposeOperator(deps: DeskDeps, form: Form, by: OperatorCaller): Promise<Proposal> {
  const refusal = grantRefusal({ by: by.roles, roles: form.roles });
  if (refusal !== null) throw deskError(refusal);
  const certificate = await deps.judge.read(fromBase64(form.certificate));
  if (await operatorByCertificate(deps.database.db, certificate)) throw deskError('DESK_DUPLICATE');
  const id = toBase64Url(deps.random(16));
  return {
    kind: 'OPERATOR_ADD',
    subject: certificate.fingerprint,
    subjectState: 'absent',
    summary: `新增操作员，岗位：${rolesText(form.roles)}，证书序列号：${certificate.serialNumber}`,
    changes: [
      { field: 'roles', before: null, after: form.roles.join(', ') },
      { field: 'certificate', before: null, after: certificate.fingerprint },
    ],
    payload: {
      id,
      nameSealed: deps.cipher.seal(form.name, namePlace(id)),
      roles: form.roles,
      certificate: { ...certificateFacts(certificate), der: form.certificate },
    },
  };
}

const certificateFacts = (certificate: OperatorCertificate) => ({
  issuerSha256: certificate.issuerSha256,
  serialNumber: certificate.serialNumber,
  spkiSha256: certificate.spkiSha256,
  fingerprint: certificate.fingerprint,
  issuerName: certificate.issuerName,
});

export const operatorAdded = (deps: DeskDeps): ApprovalKind => ({
  async apply(tx, { row, actor }) {
    const payload = AddPayload.parse(row.payload);
    const certificate = { ...payload.certificate, der: fromBase64(payload.certificate.der) };
    const roles = payload.roles as DeskRole[];
    const at = new Date(deps.clock.now());
    const { id, nameSealed } = payload;
    if (!(await insertOperator(tx, { id, nameSealed, roles, certificate, at }))) {
      throw deskError('DESK_STALE_PROPOSAL');
    }
    await deps.audit.record(tx, {
      actor,
      action: 'operator.add',
      subject: { kind: 'operator', id },
      after: { roles, fingerprint: certificate.fingerprint, approval: row.id },
      reason: row.reason,
    });
  },
});

/** @throws DESK_UNKNOWN, DESK_GRANT_TOO_HIGH, DESK_LAST_ADMIN */
export async function proposeRoles(
  deps: DeskDeps,
  { id, roles }: { id: string; roles: readonly DeskRole[] },
  by: OperatorCaller,
): Promise<Proposal> {
  const operators = await allOperators(deps.database.db);
  const operator = operators.find((one) => one.id === id);
  if (operator === undefined) throw deskError('DESK_UNKNOWN');
  const refusal =
    grantRefusal({ by: by.roles, roles, held: operator.roles }) ??
    lastAdminRefusal(operators.map(rankOf), { id, roles });
  if (refusal !== null) throw deskError(refusal);
  return {
    kind: 'OPERATOR_ROLES',
    subject: id,
    subjectState: stateOf(operator),
    summary: `变更操作员岗位：${rolesText(operator.roles)} → ${rolesText(roles)}`,
    changes: [{ field: 'roles', before: operator.roles.join(', '), after: roles.join(', ') }],
    payload: { id, roles },
  };
}

const stateOf = ({ id, version }: OperatorRow): string => `${id}#${version}`;
const rankOf = ({ id, roles, state }: OperatorRow) => ({ id, roles, active: state === 'ACTIVE' });

export const rolesChanged = (deps: DeskDeps): ApprovalKind => ({
  async apply(tx, { row, actor }) {
    const { id, roles: named } = RolesPayload.parse(row.payload);
    const roles = named as DeskRole[];
    const operators = await lockOperators(tx);
    const operator = operators.find((one) => one.id === id);
    if (operator === undefined || stateOf(operator) !== row.subject_state)
      throw deskError('DESK_STALE_PROPOSAL');
    const refusal = lastAdminRefusal(operators.map(rankOf), { id, roles });
    if (refusal !== null) throw deskError(refusal);
    await updateOperator(tx, { id, roles });
    await deps.audit.record(tx, {
      actor,
      action: 'operator.change-roles',
      subject: { kind: 'operator', id },
      before: { roles: operator.roles },
      after: { roles, approval: row.id },
      reason: row.reason,
    });
  },
});

/** At once, by one person; their sessions end. @throws DESK_UNKNOWN, DESK_LAST_ADMIN */
export async function disableOperator(
  deps: DeskDeps,
  { id, reason, at }: { id: string; reason: string; at: At },
): Promise<OperatorRow> {
  return withTransaction(deps.database, async (tx) => {
    const operators = await lockOperators(tx);
    if (!operators.some((one) => one.id === id)) throw deskError('DESK_UNKNOWN');
    const refusal = lastAdminRefusal(operators.map(rankOf), { id, active: false });
    if (refusal !== null) throw deskError(refusal);
    await updateOperator(tx, { id, state: 'DISABLED' });
    await endSessionsOf(tx, { operatorId: id, at: new Date(deps.clock.now()) });
    await deps.audit.record(tx, {
      actor: operatorActor(at),
      action: 'operator.disable',
      subject: { kind: 'operator', id },
      before: { state: 'ACTIVE' },
      after: { state: 'DISABLED' },
      reason,
      origin: at.from,
    });
    return (await operatorById(tx, id))!;
  });
}

export type FirstOperator = DemoManifest['operators'][number];

/**
 * Founds the desk while nobody works there yet. Two people are needed for everything that comes after, so that the
 * founders are named together; `also` stands or falls with it.
 *
 * @throws DESK_FORBIDDEN when there is an operator already, or no administrator among the founders
 */
export async function bootstrapOperators(
  deps: DeskDeps,
  founders: readonly FirstOperator[],
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  if (!founders.some(({ roles }) => roles.includes('admin'))) throw deskError('DESK_FORBIDDEN');
  const known = await withCertificates(deps, founders);
  await withTransaction(deps.database, async (tx) => {
    if ((await lockOperators(tx)).length > 0) throw deskError('DESK_FORBIDDEN');
    for (const founder of known) await found(deps, tx, { ...founder, action: 'operator.bootstrap' });
    await also(tx);
  });
}

/** A demo's operators: those that are not there yet. */
export async function seedOperators(deps: DeskDeps, operators: readonly FirstOperator[]): Promise<void> {
  const known = await withCertificates(deps, operators);
  await withTransaction(deps.database, async (tx) => {
    for (const operator of known) await found(deps, tx, { ...operator, action: 'operator.seed' });
  });
}

type Founder = { founder: FirstOperator; certificate: OperatorCertificate };

/** Read before the transaction: reading may write down that a certificate was seen for the first time. */
const withCertificates = (deps: DeskDeps, founders: readonly FirstOperator[]): Promise<Founder[]> =>
  Promise.all(
    founders.map(async (founder) => ({
      founder,
      certificate: await deps.judge.read(fromBase64(founder.certificate)),
    })),
  );

async function found(
  deps: DeskDeps,
  tx: Tx,
  { founder, certificate, action }: Founder & { action: string },
): Promise<void> {
  const id = toBase64Url(deps.random(16));
  const nameSealed = deps.cipher.seal(founder.name, namePlace(id));
  const at = new Date(deps.clock.now());
  if (!(await insertOperator(tx, { id, nameSealed, roles: founder.roles, certificate, at }))) return;
  await deps.audit.record(tx, {
    actor: { kind: 'system' },
    action,
    subject: { kind: 'operator', id },
    after: { roles: founder.roles, fingerprint: certificate.fingerprint },
  });
}
