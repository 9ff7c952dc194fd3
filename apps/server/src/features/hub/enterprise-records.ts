import type { BoundCertificate } from '@hufu/contracts';
import type { HubDeps } from './deps.ts';
import { hubError } from './errors.ts';
import { boundOf } from './store/certificates.ts';
import { enterpriseById, sealedPlace } from './store/enterprises.ts';
import { boundViews } from './views.ts';

export type PersonalData = { readonly legalRep: string; readonly phone: string; readonly address: string };

/** What the desk may look at. Whoever asks for personal data has written down why. */
export type EnterpriseRecords = {
  certificates(enterpriseId: string): Promise<BoundCertificate[]>;
  /** @throws HUB_CERTIFICATE_UNKNOWN */
  personalData(enterpriseId: string): Promise<PersonalData>;
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
  };
}
