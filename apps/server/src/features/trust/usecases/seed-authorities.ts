import type { DemoManifest } from '@hufu/contracts';
import { fromBase64 } from '@hufu/kernel';
import { type Certificate, certificateFingerprint, parseCertificate, parseProfile } from '@hufu/pki';
import type { z } from 'zod';
import { type Database, type Tx, withTransaction } from '../../../infra/database/database.ts';
import type { AuthorityRecord } from '../domain/authority.ts';
import {
  addProfiles,
  bumpRevision,
  loadAuthorities,
  updateAuthority,
  writeCertificates,
  writeSources,
} from '../store/authority-store.ts';
import { addCrlAddresses, removeCrlAddresses } from '../store/crl-store.ts';
import { type ApplyParts, type Order, recogniseAuthority } from './apply-change.ts';
import { sortCertificates } from './propose-change.ts';

export type TrustSeed = Pick<z.output<typeof DemoManifest>, 'profiles' | 'authorities'>;
type SeedAuthority = TrustSeed['authorities'][number];

const ORDER: Order = { actor: { kind: 'system', id: 'demo' }, reason: 'demo installation' };

/**
 * Brings the authorities of a demo to those of its manifest. Runs at every start: addresses have other ports each
 * time. What an operator changed in the policy, whom the desk let join, and a suspension, stay.
 *
 * @returns whether anything changed that platforms should know
 */
export async function seedAuthorities(
  { profiles, authorities }: TrustSeed,
  parts: ApplyParts & { readonly database: Database },
): Promise<boolean> {
  return withTransaction(parts.database, async (tx) => {
    await addProfiles(tx, profiles.map(parseProfile));
    const existing = await loadAuthorities(tx);
    let changed = false;
    for (const { joined: given, ...form } of authorities) {
      const record = existing.find(({ id }) => id === form.id);
      // Whoever the desk has let in since stays in.
      const joined = given || record?.joined === true;
      if (record === undefined) {
        await recogniseAuthority(tx, { ...ORDER, payload: form, joined }, parts);
        changed = true;
      } else if (await bringUp(tx, { record, form, joined }, parts)) {
        changed = true;
      }
    }
    return changed;
  });
}

type Wanted = {
  readonly record: AuthorityRecord;
  readonly form: Omit<SeedAuthority, 'joined'>;
  readonly joined: boolean;
};

async function bringUp(tx: Tx, { record, form, joined }: Wanted, parts: ApplyParts): Promise<boolean> {
  const { id } = record;
  const ocspAddresses = form.ocspUrl === null ? [] : [form.ocspUrl];
  const certificates = form.certificates.map((text) => parseCertificate(fromBase64(text)));
  const sameSources =
    record.crlAddresses.join() === form.crlUrls.join() &&
    record.ocspAddresses.join() === ocspAddresses.join();
  const sameCertificates = printsOf([...record.anchors, ...record.intermediates]) === printsOf(certificates);
  const sameContact =
    record.name === form.name &&
    record.nameEn === form.nameEn &&
    record.phone === form.phone &&
    (record.website ?? null) === form.website &&
    record.joined === joined;
  if (sameSources && sameCertificates && sameContact) return false;
  if (!sameSources) {
    await writeSources(tx, { id, crlAddresses: form.crlUrls, ocspAddresses });
    await removeCrlAddresses(tx, id, form.crlUrls);
    await addCrlAddresses(
      tx,
      form.crlUrls.map((url) => ({ url, authorityId: id })),
    );
  }
  if (!sameCertificates) {
    const sorted = await sortCertificates(certificates, parts.engine, parts.clock.now());
    await writeCertificates(tx, { id, ...sorted });
  }
  if (!sameContact) {
    const { name, nameEn, phone, website } = form;
    const contact = { name, nameEn, phone, website: website ?? undefined, joined };
    await updateAuthority(tx, { id, version: record.version, set: 'contact', contact });
  }
  await bumpRevision(tx);
  return true;
}

const printsOf = (certificates: readonly Certificate[]): string =>
  certificates.map(certificateFingerprint).sort().join();
