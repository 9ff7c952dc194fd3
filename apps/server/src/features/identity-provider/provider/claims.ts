import { EXCHANGE_SCOPES } from '@hufu/contracts';
import type { AccountClaims } from 'oidc-provider';
import type { EntityClaims, SessionFacts } from '../ports.ts';

export const SCOPES = ['openid', 'entity', 'certificate', ...EXCHANGE_SCOPES] as const;

/** Which claim comes with which scope (OD-07). */
export const CLAIMS: Readonly<Record<string, readonly string[] | null>> = {
  openid: ['sub', 'acr', 'amr', 'auth_time'],
  entity: ['uscc', 'entity_name', 'entity_roles'],
  certificate: ['cert_serial', 'cert_issuer', 'cert_kind', 'cert_medium', 'key_role'],
  sid: null,
  iss: null,
};

export const ACR_VALUES = ['urn:hufu:acr:usb-key', 'urn:hufu:acr:phone', 'urn:hufu:acr:software'] as const;

/** What a platform is told: who the entity is, and with which certificate it logged in. */
export function claimsOf(entityId: string, entity: EntityClaims, facts: SessionFacts): AccountClaims {
  return {
    sub: entityId,
    uscc: entity.uscc,
    entity_name: entity.name,
    entity_roles: [...entity.roles],
    cert_serial: facts.certificate.serial,
    cert_issuer: facts.certificate.issuer,
    cert_kind: facts.certificate.kind,
    cert_medium: facts.certificate.medium,
    key_role: facts.role,
  };
}
