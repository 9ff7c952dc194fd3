import type { CryptoEngine } from '@hufu/pki';
import type { AuditActor, AuditOrigin } from '../../infra/audit/audit.ts';
import type { Infra } from '../../infra/infra.ts';
import type { OperatorCaller, PhoneUser } from '../access/index.ts';
import type { CounterRules } from './counter-rules.ts';
import type { Authorities } from './issuance/authority-client.ts';
import type { RaPorts } from './ports.ts';

export type RaDeps = Infra &
  RaPorts & {
    readonly engine: CryptoEngine;
    readonly rules: CounterRules;
    readonly authorities: Authorities;
  };

/** A user of 标证通 who asks for something, and from where. */
export type AtPhone = { readonly user: PhoneUser; readonly from: AuditOrigin };
/** Somebody at the counter. */
export type AtCounter = { readonly operator: OperatorCaller; readonly from: AuditOrigin };

export type Acting = {
  readonly actor: AuditActor;
  readonly operatorId: string | null;
  readonly from?: AuditOrigin;
};

export const byPhone = ({ user, from }: AtPhone): Acting => ({
  actor: { kind: 'person', id: user.userId },
  operatorId: null,
  from,
});

export const byCounter = ({ operator, from }: AtCounter): Acting => ({
  actor: { kind: 'operator', id: operator.operatorId, certificate: operator.fingerprint },
  operatorId: operator.operatorId,
  from,
});

export const BY_SYSTEM: Acting = { actor: { kind: 'system' }, operatorId: null };
