import type { BoundCertificate } from '@hufu/contracts';
import type { Executor } from '../../infra/database/database.ts';
import type { HubDeps, Role } from './deps.ts';
import { hubError } from './errors.ts';
import { boundOf } from './store/certificates.ts';
import { type EnterpriseRow, enterpriseById, enterpriseByUscc, sealedPlace } from './store/enterprises.ts';
import { boundViews } from './views.ts';

export type PersonalData = { readonly legalRep: string; readonly phone: string; readonly address: string };

export type EnterpriseCard = {
  readonly id: string;
  readonly uscc: string;
  readonly unitName: string;
  readonly roles: readonly Role[];
  readonly bound: boolean;
};

/** A certificate that is bound at this moment. */
export type BoundKey = {
  readonly id: string;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  readonly der: Uint8Array;
  readonly holderKind: string;
  /** Which the assistant reported when it was bound. */
  readonly mediaNo: string | null;
  readonly validTo: Date;
};

/** What other features may know of an enterprise. Whoever asks for personal data has written down why. */
export type EnterpriseRecords = {
  certificates(enterpriseId: string): Promise<BoundCertificate[]>;
  /** @throws HUB_CERTIFICATE_UNKNOWN */
  personalData(enterpriseId: string): Promise<PersonalData>;
  byId(executor: Executor, id: string): Promise<EnterpriseCard | undefined>;
  byUscc(executor: Executor, uscc: string): Promise<EnterpriseCard | undefined>;
  boundKeys(executor: Executor, enterpriseId: string): Promise<BoundKey[]>;
};

const cardOf = (row: EnterpriseRow | undefined): EnterpriseCard | undefined =>
  row && {
    id: row.id,
    uscc: row.uscc,
    unitName: row.unit_name,
    roles: row.roles,
    bound: row.state === 'BOUND',
  };

export function enterpriseRecords(deps: HubDeps): EnterpriseRecords {
  const { db } = deps.database;
  return {
    certificates: async (id) => boundViews(deps, await boundOf(db, id)),
    async personalData(id) {
      const enterprise = await enterpriseById(db, id);
      if (enterprise === undefined) throw hubError('HUB_CERTIFICATE_UNKNOWN');
      const open = (column: 'legal_rep' | 'phone' | 'address') =>
        deps.cipher.open(enterprise[`${column}_sealed`], sealedPlace(column, id));
      return { legalRep: open('legal_rep'), phone: open('phone'), address: open('address') };
    },
    byId: async (executor, id) => cardOf(await enterpriseById(executor, id)),
    byUscc: async (executor, uscc) => cardOf(await enterpriseByUscc(executor, uscc)),
    boundKeys: async (executor, id) =>
      (await boundOf(executor, id)).map((row) => ({
        id: row.id,
        fingerprint: row.fingerprint,
        der: new Uint8Array(row.certificate),
        holderKind: row.holder_kind,
        mediaNo: row.media_no,
        validTo: row.valid_to,
      })),
  };
}
