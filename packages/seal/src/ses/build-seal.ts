import { equalBytes } from '@hufu/kernel';
import { parseCertificate, type Signer } from '@hufu/pki';
import { sealError } from '../errors.ts';
import { encodeSeal, encodeSealInfo } from './encode.ts';
import type { SealExtension, SealInfo, SealPicture, SealProperty } from './model.ts';
import { sealAlgorithm } from './signature-algorithm.ts';

export type SealSpec = {
  /** SES_Header.Vid: who makes seals here; ASCII. */
  readonly vendor: string;
  /** esID: the seal's number in the register; ASCII. */
  readonly id: string;
  readonly property: SealProperty;
  readonly picture: SealPicture;
  readonly extensions?: readonly SealExtension[];
  /** The seal maker's certificate, DER. */
  readonly makerCertificate: Uint8Array;
};

const LARGEST_SIDE_MM = 200;

function isSound({ property, picture }: SealSpec): boolean {
  const { signers, validFrom, validTo } = property;
  const count = signers.kind === 'certificates' ? signers.certificates.length : signers.digests.length;
  const sides = [picture.width, picture.height];
  return (
    property.name.trim() !== '' &&
    count > 0 &&
    validFrom < validTo &&
    picture.data.length > 0 &&
    sides.every((side) => Number.isInteger(side) && side > 0 && side <= LARGEST_SIDE_MM)
  );
}

/** Times are written in whole seconds: a seal says the same before and after it is encoded. */
const wholeSeconds = (at: number): number => Math.floor(at / 1000) * 1000;

function infoOf(spec: SealSpec): SealInfo {
  const { property, picture, extensions } = spec;
  return {
    headerVersion: 4,
    vendor: spec.vendor,
    id: spec.id,
    property: {
      ...property,
      createdAt: wholeSeconds(property.createdAt),
      validFrom: wholeSeconds(property.validFrom),
      validTo: wholeSeconds(property.validTo),
    },
    picture,
    extensions: extensions && { tagged: false, items: extensions },
  };
}

/**
 * An electronic seal by GB/T 38540-2020 (V4) in DER, signed by the seal maker's key.
 * @throws SES_SPEC, SES_KEY, DER_* on text that its type cannot hold
 */
export async function buildSeal(spec: SealSpec, maker: Signer): Promise<Uint8Array> {
  if (!isSound(spec)) throw sealError('SES_SPEC');
  const { spki } = parseCertificate(spec.makerCertificate);
  if (!equalBytes(spki.der, maker.publicKey)) throw sealError('SES_KEY');
  const info = infoOf(spec);
  return encodeSeal({
    version: 4,
    info,
    makerCertificate: spec.makerCertificate,
    signatureOid: sealAlgorithm(spki.kind).oid,
    signature: await maker.sign(encodeSealInfo(info)),
    timeStamp: undefined,
  });
}
