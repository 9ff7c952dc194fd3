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

type Row = Standing['certificate'] & {
  enterprise_uscc: string;
  enterprise_name: string;
  enterprise_roles: Enterprise['roles'];
  unread: number;
  activated: string[];
};

export async function standingOf(
  queryable: Pick<pg.Pool, 'query'>,
  certificateId: string,
): Promise<Standing | undefined> {
  const { rows } = await queryable.query<Row>({
    name: 'hub-standing',
    text: `
      select c.id, c.enterprise_id, c.role, c.state, c.authority_id, c.authority_name, c.fingerprint,
             c.serial_number, c.issuer_name, c.unit_name, c.uscc, c.holder_kind, c.cert_key_no, c.medium,
             c.algorithm, c.valid_from, c.valid_to, c.advice,
             e.uscc as enterprise_uscc, e.unit_name as enterprise_name, e.roles as enterprise_roles,
             (select count(*)::int from notice n
               where n.enterprise_id = e.id
                 and not exists (select from notice_read r
                                  where r.notice_id = n.id and r.certificate_id = c.id)) as unread,
             array(select a.platform_code from platform_activation a where a.enterprise_id = e.id) as activated
        from enterprise_certificate c
        join enterprise e on e.id = c.enterprise_id
       where c.id = $1`,
    values: [certificateId],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  const { enterprise_uscc, enterprise_name, enterprise_roles, unread, activated, ...certificate } = row;
  return {
    certificate,
    enterprise: {
      id: row.enterprise_id,
      uscc: enterprise_uscc,
      unit_name: enterprise_name,
      roles: enterprise_roles,
    },
    unread,
    activated,
  };
}
