import type { Selectable } from 'kysely';
import type pg from 'pg';
import type { HubTables } from '../tables.ts';

type Certificate = Selectable<HubTables['enterprise_certificate']>;
type Enterprise = Selectable<HubTables['enterprise']>;

/** A certificate, its enterprise and what awaits its holder: all that the pages of a login show, in one read. */
export type Standing = {
  readonly certificate: Pick<
    Certificate,
    | 'id'
    | 'enterprise_id'
    | 'role'
    | 'state'
    | 'authority_id'
    | 'authority_name'
    | 'fingerprint'
    | 'serial_number'
    | 'issuer_name'
    | 'unit_name'
    | 'uscc'
    | 'holder_kind'
    | 'cert_key_no'
    | 'medium'
    | 'algorithm'
    | 'valid_from'
    | 'valid_to'
    | 'advice'
  >;
  readonly enterprise: Pick<Enterprise, 'id' | 'uscc' | 'unit_name' | 'roles'>;
  /** Notices that no holder of this certificate has read. */
  readonly unread: number;
  /** Codes of the platforms that the enterprise has entered. */
  readonly activated: readonly string[];
};

/**
 * An SQL expression, jsonb: the standing of a certificate, to be read along with something else; see `readStanding`.
 * @param certificateId an SQL expression, text
 */
export const standingSql = (certificateId: string): string => `
  (select jsonb_build_object(
     'certificate', jsonb_build_object(
        'id', c.id, 'enterprise_id', c.enterprise_id, 'role', c.role, 'state', c.state,
        'authority_id', c.authority_id, 'authority_name', c.authority_name, 'fingerprint', c.fingerprint,
        'serial_number', c.serial_number, 'issuer_name', c.issuer_name, 'unit_name', c.unit_name, 'uscc', c.uscc,
        'holder_kind', c.holder_kind, 'cert_key_no', c.cert_key_no, 'medium', c.medium, 'algorithm', c.algorithm,
        'valid_from', c.valid_from, 'valid_to', c.valid_to, 'advice', c.advice),
     'enterprise', jsonb_build_object('id', e.id, 'uscc', e.uscc, 'unit_name', e.unit_name, 'roles', e.roles),
     'unread', (select count(*) from notice n
                 where n.enterprise_id = e.id
                   and not exists (select from notice_read r
                                    where r.notice_id = n.id and r.certificate_id = c.id)),
     'activated', (select coalesce(jsonb_agg(a.platform_code), '[]') from platform_activation a
                    where a.enterprise_id = e.id))
     from enterprise_certificate c
     join enterprise e on e.id = c.enterprise_id
    where c.id = ${certificateId})`;

type Instants = 'valid_from' | 'valid_to';
type StandingJson = Omit<Standing, 'certificate'> & {
  readonly certificate: Omit<Standing['certificate'], Instants> & Record<Instants, string>;
};

/** @param value what `standingSql` gave: the shape is ours */
export function readStanding(value: unknown): Standing | undefined {
  if (value === null) return undefined;
  const { certificate, ...rest } = value as StandingJson;
  const { valid_from, valid_to } = certificate;
  return {
    ...rest,
    certificate: { ...certificate, valid_from: new Date(valid_from), valid_to: new Date(valid_to) },
  };
}

export async function standingOf(
  queryable: Pick<pg.Pool, 'query'>,
  certificateId: string,
): Promise<Standing | undefined> {
  const { rows } = await queryable.query<{ standing: unknown }>({
    name: 'hub-standing',
    text: `select ${standingSql('$1')} as standing`,
    values: [certificateId],
  });
  return readStanding(rows[0]!.standing);
}
