import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { derUtf8String } from '@hufu/gm';
import { toBase64 } from '@hufu/kernel';
import {
  ATTRIBUTE_OID,
  authorityKeyIdentifier,
  basicConstraints,
  buildCertificate,
  buildCrl,
  buildName,
  type ExtensionSpec,
  keyUsage,
  type Signer,
  subjectKeyIdentifier,
} from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import type { TrustSeed } from '../../../src/features/trust/index.ts';
import type { BoundedAnswer, BoundedRequest } from '../../../src/features/trust/status/fetch-bounded.ts';

export type KeyChoice = 'sm2' | 'p256';
export type HolderSpec = {
  readonly kind?: '企业' | '法定代表人' | '个人' | '经办人' | '未知';
  readonly uscc?: string | null;
  readonly unitName?: string;
  readonly keyNo?: string;
  /** Whom an individual's certificate names. */
  readonly person?: { readonly name: string; readonly idNo?: string };
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly key?: KeyChoice;
  readonly usage?: 'sign' | 'encrypt';
  /** Says so in the certificate. */
  readonly medium?: '移动';
  /** SubjectPublicKeyInfo of a key that lies elsewhere; the test key's own signer is then of no use. */
  readonly publicKey?: Uint8Array;
  /** Signs with the wrong key: a forged certificate. */
  readonly forged?: boolean;
};

export type TestKey = {
  readonly certificate: Uint8Array;
  readonly signer: Signer;
  readonly serial: string;
};

const ARC = '2.25.32109423530182883467652658545036296127';
const DAY = 86_400_000;

/** Where this authority writes what (OD-41). */
export const PROFILE = {
  id: 'test',
  facts: {
    uscc: [{ at: 'subject', oid: '2.5.4.97' }],
    unitName: [{ at: 'subject', oid: '2.5.4.10' }],
    kind: [
      {
        at: 'extension',
        oid: `${ARC}.1.1`,
        encoding: 'der-string',
        values: {
          企业: 'enterprise',
          法定代表人: 'legalRepresentative',
          个人: 'individual',
          经办人: 'operator',
        },
      },
    ],
    keyNo: [{ at: 'extension', oid: `${ARC}.1.2`, encoding: 'der-string' }],
    personName: [{ at: 'extension', oid: `${ARC}.1.3`, encoding: 'der-string' }],
    personIdNo: [{ at: 'extension', oid: `${ARC}.1.4`, encoding: 'der-string' }],
    medium: [{ at: 'extension', oid: `${ARC}.1.5`, encoding: 'der-string', values: { 移动: 'phone' } }],
  },
};

function newSigner(choice: KeyChoice): Signer {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: choice === 'sm2' ? 'SM2' : 'prime256v1',
  });
  return nodeSigner(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
}

/** A small certificate authority with a revocation list, and every fault that one can have. */
export class TestAuthority {
  readonly id: string;
  readonly region: string;
  /** How its revocation list can be reached. */
  reach: 'up' | 'down' | 'slow' = 'up';
  slowMs = 3_000;
  /** The list's own dates. */
  crlLifetimeMs = DAY;
  readonly #signer = newSigner('sm2');
  readonly #name: Uint8Array;
  readonly #keyId: Uint8Array;
  readonly #revoked: {
    serial: Uint8Array;
    revokedAt: number;
    reason: 'keyCompromise' | 'certificateHold';
  }[] = [];
  readonly #now: () => number;

  constructor(options: { id: string; region?: string; now: () => number }) {
    this.id = options.id;
    this.region = options.region ?? '150000';
    this.#now = options.now;
    this.#keyId = new Uint8Array(createHash('sha256').update(this.#signer.publicKey).digest()).slice(0, 20);
    this.#name = buildName([
      { oid: ATTRIBUTE_OID.country, text: 'CN' },
      { oid: ATTRIBUTE_OID.organization, text: `${options.id} CA` },
      { oid: ATTRIBUTE_OID.commonName, text: `${options.id} Root` },
    ]);
  }

  get crlUrl(): string {
    return `http://${this.id}.example/ca.crl`;
  }

  async issue(holder: HolderSpec = {}): Promise<TestKey> {
    const signer = newSigner(holder.key ?? 'sm2');
    const serial = new Uint8Array(randomBytes(12));
    serial[0] = 0x4d;
    const issuer = holder.forged ? newSigner('sm2') : this.#signer;
    const certificate = await buildCertificate(
      {
        serial,
        issuer: this.#name,
        subject: this.#subject(holder),
        notBefore: holder.validFrom ?? this.#now() - 30 * DAY,
        notAfter: holder.validTo ?? this.#now() + 365 * DAY,
        publicKey: holder.publicKey ?? signer.publicKey,
        extensions: this.#extensions(holder),
      },
      issuer,
    );
    return { certificate, signer, serial: Buffer.from(serial).toString('hex') };
  }

  revoke(key: TestKey, reason: 'keyCompromise' | 'certificateHold' = 'keyCompromise'): void {
    const serial = new Uint8Array(Buffer.from(key.serial, 'hex'));
    this.#revoked.push({ serial, revokedAt: this.#now() - DAY, reason });
  }

  async form(joined = true): Promise<TrustSeed['authorities'][number]> {
    const root = await buildCertificate(
      {
        serial: new Uint8Array([1]),
        issuer: this.#name,
        subject: this.#name,
        notBefore: this.#now() - 1000 * DAY,
        notAfter: this.#now() + 1000 * DAY,
        publicKey: this.#signer.publicKey,
        extensions: [
          basicConstraints({ ca: true }),
          keyUsage('keyCertSign', 'cRLSign'),
          subjectKeyIdentifier(this.#keyId),
        ],
      },
      this.#signer,
    );
    return {
      id: this.id,
      name: `${this.id}数字证书认证公司`,
      nameEn: `${this.id} certificate authority`,
      phone: '0471-1234567',
      website: null,
      region: this.region,
      profileId: PROFILE.id,
      certificates: [toBase64(root)],
      crlUrls: [this.crlUrl],
      ocspUrl: null,
      joined,
      policy: {
        graceSeconds: 0,
        graceUntil: null,
        ocspBudgetMs: 8_000,
        ocspCacheSeconds: 300,
        sources: 'CRL_ONLY',
        algorithms: ['sm2', 'p256'],
        region: this.region,
      },
    };
  }

  async answer(request: BoundedRequest): Promise<BoundedAnswer> {
    if (this.reach === 'down') return { outcome: 'unreachable' };
    if (this.reach === 'slow') {
      const waited = Math.min(this.slowMs, request.timeoutMs);
      await new Promise((resolve) => setTimeout(resolve, waited));
      if (waited < this.slowMs) return { outcome: 'timeout' };
    }
    const bytes = await buildCrl(
      {
        issuer: this.#name,
        thisUpdate: this.#now() - 60_000,
        nextUpdate: this.#now() + this.crlLifetimeMs,
        crlNumber: BigInt(Math.floor(this.#now() / 1000)),
        authorityKeyIdentifier: this.#keyId,
        entries: this.#revoked,
      },
      this.#signer,
    );
    return { outcome: 'ok', bytes, etag: undefined, lastModified: undefined };
  }

  #subject({ unitName = '内蒙古测试建设有限公司', uscc = '91150102MA0N00016G' }: HolderSpec): Uint8Array {
    return buildName([
      { oid: ATTRIBUTE_OID.country, text: 'CN' },
      { oid: ATTRIBUTE_OID.organization, text: unitName },
      ...(uscc === null ? [] : [{ oid: '2.5.4.97', text: uscc }]),
      { oid: ATTRIBUTE_OID.commonName, text: unitName },
    ]);
  }

  #extensions({ kind = '企业', keyNo, usage = 'sign', person, medium }: HolderSpec): ExtensionSpec[] {
    return [
      basicConstraints({ ca: false }),
      authorityKeyIdentifier(this.#keyId),
      usage === 'sign' ? keyUsage('digitalSignature', 'nonRepudiation') : keyUsage('keyEncipherment'),
      { oid: `${ARC}.1.1`, value: derUtf8String(kind) },
      ...(keyNo === undefined ? [] : [{ oid: `${ARC}.1.2`, value: derUtf8String(keyNo) }]),
      ...(medium === undefined ? [] : [{ oid: `${ARC}.1.5`, value: derUtf8String(medium) }]),
      ...(person === undefined ? [] : [{ oid: `${ARC}.1.3`, value: derUtf8String(person.name) }]),
      ...(person?.idNo === undefined ? [] : [{ oid: `${ARC}.1.4`, value: derUtf8String(person.idNo) }]),
    ];
  }
}
