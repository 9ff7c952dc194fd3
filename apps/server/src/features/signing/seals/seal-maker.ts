import fs from 'node:fs';
import { DAY_MS, equalBytes, fromBase64, fromPem, toBase64, toBase64Url } from '@hufu/kernel';
import {
  ATTRIBUTE_OID,
  anchorFromCertificate,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildName,
  type Certificate,
  keyUsage,
  parseCertificate,
  type Signer,
  subjectKeyIdentifier,
  type TrustAnchor,
} from '@hufu/pki';
import type { Selectable } from 'kysely';
import { type Executor, withTransaction } from '../../../infra/database/database.ts';
import type { Infra } from '../../../infra/infra.ts';
import { signingError } from '../errors.ts';
import { type SigningTables, signingTables } from '../tables.ts';
import { makerKey, vaultSigner } from './maker-key.ts';

type MakerRow = Selectable<SigningTables['seal_maker']>;

/** One that seals are made with now. */
export type CurrentMaker = {
  readonly id: string;
  readonly name: string;
  readonly certificate: Certificate;
  readonly signer: Signer;
  readonly sample: boolean;
};

/** Who makes seals here (制章者), now and before. */
export type SealMaker = {
  /** @throws SEAL_MAKER_MISSING */
  current(executor: Executor): Promise<CurrentMaker>;
  nameOf(id: string | null): Promise<string | null>;
  /** Roots below which our makers stand: whoever validates documents adds them to its anchors. */
  anchors(executor: Executor): Promise<readonly TrustAnchor[]>;
  /** Whether it is the certificate of one of our makers: nobody revokes it but this register. */
  isOwn(executor: Executor, certificate: Certificate): Promise<boolean>;
  /** Reads the configured certificate, or makes the demo's own. Repeatable. @throws SEAL_MAKER_INVALID */
  prepare(): Promise<void>;
};

const ROOT_PURPOSE = 'seal-maker-root';
const LIFETIME_MS = 3650 * DAY_MS;

type Parts = Pick<Infra, 'database' | 'vault' | 'clock' | 'random' | 'config'>;

export function createSealMaker(parts: Parts): SealMaker {
  const { database, vault, clock } = parts;
  const newest = async (executor: Executor): Promise<MakerRow | undefined> =>
    signingTables(executor)
      .selectFrom('seal_maker')
      .selectAll()
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
  const all = (executor: Executor): Promise<MakerRow[]> =>
    signingTables(executor).selectFrom('seal_maker').selectAll().execute();

  return {
    async current(executor) {
      const row = await newest(executor);
      if (row === undefined) throw signingError('SEAL_MAKER_MISSING');
      const certificate = parseCertificate(new Uint8Array(row.certificate));
      const now = clock.now();
      if (now < certificate.notBefore || now > certificate.notAfter) throw signingError('SEAL_MAKER_MISSING');
      const { id, name, sample, key_id: keyId } = row;
      return { id, name, sample, certificate, signer: vaultSigner(vault, keyId) };
    },
    async nameOf(id) {
      const rows = id === null ? [] : await all(database.db);
      return rows.find((row) => row.id === id)?.name ?? null;
    },
    anchors: async (executor) =>
      (await all(executor)).map((row) =>
        anchorFromCertificate(parseCertificate(fromBase64(row.issuers.at(-1)!))),
      ),
    async isOwn(executor, { der }) {
      const rows = await all(executor);
      return rows.some((row) => equalBytes(new Uint8Array(row.certificate), der));
    },
    async prepare() {
      const file = parts.config.sealMakerCertificates;
      const known = await newest(database.db);
      if (file !== undefined) await adopt(parts, known, fs.readFileSync(file, 'utf8'));
      else if (parts.config.mode === 'demo' && known === undefined) await selfMade(parts);
    },
  };
}

/** A certificate that an authority has issued for the vault's key: first in the file, its issuers after it. */
async function adopt(parts: Parts, known: MakerRow | undefined, pem: string): Promise<void> {
  const [der, ...issuers] = readCertificates(pem);
  if (der === undefined || issuers.length === 0) throw signingError('SEAL_MAKER_INVALID');
  if (known !== undefined && equalBytes(new Uint8Array(known.certificate), der)) return;
  const certificate = parseCertificate(der);
  const key = await makerKey(parts.vault);
  if (!equalBytes(certificate.spki.der, parts.vault.publicKey(key.id)))
    throw signingError('SEAL_MAKER_INVALID');
  const name = commonName(certificate);
  await insert(parts, { name, keyId: key.id, certificate: der, issuers, sample: false });
}

function readCertificates(pem: string): readonly Uint8Array[] {
  try {
    return fromPem('CERTIFICATE', pem).filter((der) => parseCertificate(der));
  } catch (cause) {
    throw signingError('SEAL_MAKER_INVALID', {}, cause);
  }
}

const commonName = ({ subject }: Certificate): string =>
  subject.rdns.flat().find(({ oid }) => oid === ATTRIBUTE_OID.commonName)?.text ?? '制章者';

/** The demonstration's: a root and a maker of its own, which say so in their names. */
async function selfMade(parts: Parts): Promise<void> {
  const { vault, clock } = parts;
  const rootKey = vaultSigner(vault, (await vault.ensure(ROOT_PURPOSE, 'SM2')).id);
  const { id: makerKeyId } = await makerKey(vault);
  const names = { root: '虎符演示制章根证书', maker: '虎符演示制章机构（样章）' };
  const nameOf = (text: string) =>
    buildName([
      { oid: ATTRIBUTE_OID.country, text: 'CN' },
      { oid: ATTRIBUTE_OID.commonName, text },
    ]);
  const now = clock.now();
  const validity = { notBefore: now - DAY_MS, notAfter: now + LIFETIME_MS };
  const keyId = (publicKey: Uint8Array) => publicKey.slice(-20);
  const root = await buildCertificate(
    {
      ...validity,
      serial: parts.random(16),
      issuer: nameOf(names.root),
      subject: nameOf(names.root),
      publicKey: rootKey.publicKey,
      extensions: [
        basicConstraints({ ca: true, pathLength: 0 }),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(keyId(rootKey.publicKey)),
      ],
    },
    rootKey,
  );
  const publicKey = vault.publicKey(makerKeyId);
  const certificate = await buildCertificate(
    {
      ...validity,
      serial: parts.random(16),
      issuer: nameOf(names.root),
      subject: nameOf(names.maker),
      publicKey,
      extensions: [
        basicConstraints({ ca: false }),
        keyUsage('digitalSignature', 'nonRepudiation'),
        subjectKeyIdentifier(keyId(publicKey)),
        authorityKeyIdentifier(keyId(rootKey.publicKey)),
      ],
    },
    rootKey,
  );
  await insert(parts, { name: names.maker, keyId: makerKeyId, certificate, issuers: [root], sample: true });
}

type NewMaker = {
  readonly name: string;
  readonly keyId: string;
  readonly certificate: Uint8Array;
  readonly issuers: readonly Uint8Array[];
  readonly sample: boolean;
};

async function insert({ database, random, clock }: Parts, maker: NewMaker): Promise<void> {
  await withTransaction(database, async (tx) => {
    await signingTables(tx)
      .insertInto('seal_maker')
      .values({
        id: toBase64Url(random(16)),
        name: maker.name,
        key_id: maker.keyId,
        certificate: maker.certificate,
        issuers: JSON.stringify(maker.issuers.map(toBase64)),
        sample: maker.sample,
        created_at: new Date(clock.now()),
      })
      .onConflict((conflict) => conflict.column('fingerprint').doNothing())
      .execute();
  });
}
