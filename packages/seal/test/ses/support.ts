import { readFileSync } from 'node:fs';
import {
  anchorFromCertificate,
  createTrustStore,
  type RevocationVerdict,
  type TrustAnchor,
  type ValidPath,
} from '@hufu/pki';
import { vi } from 'vitest';
import {
  buildSeal,
  type CertificateJudge,
  certificateJudge,
  completeSesSignature,
  prepareSesSignature,
  type SealSigners,
  type SealSpec,
  type SesFinding,
  type SesTools,
} from '../../src/index.ts';
import { engine, FOR_SIGNATURES, NOW, newParty, type Party } from '../support/parties.ts';

// Hundreds of signatures are verified, also when the machine is busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

export const DAY = 86_400_000;

export const sample = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../vectors/ses/${name}`, import.meta.url)));

export const GOOD: RevocationVerdict = {
  status: 'good',
  source: 'crl',
  producedAt: NOW,
  nextUpdate: NOW + DAY,
  evidence: [],
};

/** Knows every certificate and finds nothing against it: for samples whose authorities are not public. */
export const trustEverybody: CertificateJudge = async ({ certificate }) => {
  const anchor: TrustAnchor = anchorFromCertificate(certificate);
  const path: ValidPath = { ok: true, path: { certificates: [certificate], anchor }, policies: new Set() };
  return { path, revocation: GOOD };
};

export const judgeBy = (
  anchors: readonly Party[],
  revocation: RevocationVerdict | undefined = GOOD,
): CertificateJudge =>
  certificateJudge({
    store: createTrustStore({
      anchors: anchors.map(({ certificate }) => anchorFromCertificate(certificate)),
      intermediates: [],
      engine,
    }),
    engine,
    ...(revocation && { revocation: async () => revocation }),
  });

export const toolsOf = (judge: CertificateJudge): SesTools => ({ engine, judge });

/** `step=ok`, `step!REASON` for a failure, `step?REASON` for what stays open. */
export const told = (findings: readonly SesFinding[]): string[] =>
  findings.map((finding) =>
    finding.status === 'passed'
      ? `${finding.step}=ok`
      : `${finding.step}${finding.status === 'failed' ? '!' : '?'}${finding.reason}`,
  );

export const objections = (findings: readonly SesFinding[]): string[] =>
  told(findings).filter((text) => !text.endsWith('=ok'));

export type World = {
  readonly root: Party;
  readonly maker: Party;
  readonly holder: Party;
  readonly tools: SesTools;
};

export async function newWorld(kind: 'sm2' | 'p256' = 'sm2'): Promise<World> {
  const root = await newParty(kind, { text: '测试根' });
  const end = (text: string) => newParty(kind, { text, issuer: root, extensions: FOR_SIGNATURES });
  const [maker, holder] = [await end('测试制章机构'), await end('测试建设有限公司')];
  return { root, maker, holder, tools: toolsOf(judgeBy([root])) };
}

export const listing = (...parties: readonly Party[]): SealSigners => ({
  kind: 'certificates',
  certificates: parties.map(({ certificate }) => certificate.der),
});

export const specOf = ({ maker, holder }: World, changes: Partial<SealSpec['property']> = {}): SealSpec => ({
  vendor: 'HUFU',
  id: '44010600000123',
  property: {
    type: 1,
    name: '测试建设有限公司',
    signers: listing(holder),
    createdAt: NOW - 30 * DAY,
    validFrom: NOW - 30 * DAY,
    validTo: NOW + 300 * DAY,
    ...changes,
  },
  picture: { type: 'PNG', data: Uint8Array.of(0x89, 0x50, 0x4e, 0x47), width: 40, height: 40 },
  makerCertificate: maker.certificate.der,
});

export const sealOf = (world: World, changes?: Partial<SealSpec['property']>): Promise<Uint8Array> =>
  buildSeal(specOf(world, changes), world.maker.signer);

export type SignSpec = {
  readonly world: World;
  readonly seal: Uint8Array;
  readonly dataHash: Uint8Array;
  readonly signedAt?: number;
  readonly signer?: Party;
  readonly stamp?: (signature: Uint8Array) => Promise<Uint8Array>;
};

export async function signWith(spec: SignSpec): Promise<Uint8Array> {
  const signer = spec.signer ?? spec.world.holder;
  const prepared = prepareSesSignature({
    seal: spec.seal,
    signerCertificate: signer.certificate.der,
    signedAt: spec.signedAt ?? NOW,
    dataHash: spec.dataHash,
    propertyInfo: '/Doc_0/Signs/Sign_0/Signature.xml',
  });
  const signature = await signer.signer.sign(prepared.toSign);
  const timeStamp = await spec.stamp?.(signature);
  return completeSesSignature(prepared, { signature, ...(timeStamp && { timeStamp }) });
}
