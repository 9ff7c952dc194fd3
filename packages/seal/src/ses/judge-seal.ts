import type { Certificate, CryptoEngine } from '@hufu/pki';
import type { CertificateJudge, UseTime } from './certificate-judge.ts';
import { judgeCertificate, tryCertificate } from './judge-certificate.ts';
import { judgeTimeStamp } from './judge-time-stamp.ts';
import type { ElectronicSeal } from './model.ts';
import { type AskSealStatus, judgeSealStatus } from './seal-status.ts';
import { isAlgorithmOf, isSealedBy } from './signature-algorithm.ts';
import { conclude, failed, inOrder, passed, type SesFinding, type SesVerdict, unknown } from './verdict.ts';

/** What seals and seal signatures are judged with. */
export type SesTools = {
  readonly engine: CryptoEngine;
  /** Path and revocation of the certificates, by our own trust. */
  readonly judge: CertificateJudge;
  /** Asks the register of the seal; left out, no step says anything about it. */
  readonly sealStatus?: AskSealStatus;
  /** OIDs of critical seal extensions that the caller takes care of. */
  readonly understoodExtensions?: ReadonlySet<string>;
};

export type SealQuestion = {
  /** When the seal is or was used, ms UTC. */
  readonly at: number;
  /** Whether that moment is proven, or merely stated. Default: stated. */
  readonly proven?: boolean;
  /** Certificates that came along. */
  readonly companions?: readonly Certificate[];
};

export type SealJudgement = {
  readonly verdict: SesVerdict;
  readonly findings: readonly SesFinding[];
  readonly maker: Certificate | undefined;
};

async function judgeMakerSignature(
  seal: ElectronicSeal,
  maker: Certificate,
  engine: CryptoEngine,
): Promise<SesFinding> {
  const { signed: message, signatureOid: oid, signature } = seal;
  if (!isAlgorithmOf(maker, oid)) return failed('seal-signature', 'SEAL_ALGORITHM', oid);
  const right = await isSealedBy(maker, { message, oid, signature }, engine);
  return right ? passed('seal-signature') : failed('seal-signature', 'SEAL_SIGNATURE_WRONG');
}

/** The end counts as still in force: the standard gives both as moments of the interval. */
function judgeDates(seal: ElectronicSeal, at: number): SesFinding {
  const { validFrom, validTo } = seal.info.property;
  if (validTo < validFrom) return failed('seal-dates', 'SEAL_DATES_CONTRADICT');
  if (at < validFrom) return failed('seal-dates', 'SEAL_NOT_YET_VALID');
  return at > validTo ? failed('seal-dates', 'SEAL_EXPIRED') : passed('seal-dates');
}

function judgeExtensions(seal: ElectronicSeal, understood: ReadonlySet<string> | undefined): SesFinding {
  const items = seal.info.extensions?.items ?? [];
  const strange = items.find(({ critical, oid }) => critical === true && understood?.has(oid) !== true);
  return strange === undefined
    ? passed('seal-extensions')
    : unknown('seal-extensions', 'SEAL_EXTENSION_UNKNOWN', strange.oid);
}

/**
 * When the maker signed. `createDate` is when the seal was entered: seals in the field state days before the maker's
 * certificate began, and outlive it, so the making is put at the first moment that both allow, and asked of then.
 */
function madeAt(seal: ElectronicSeal, maker: Certificate, proven: number | undefined): UseTime {
  if (proven !== undefined) return { at: proven, proven: true };
  return { at: Math.max(seal.info.property.createdAt, maker.notBefore), proven: false };
}

async function judgeMaker(seal: ElectronicSeal, use: MakerUse, tools: SesTools): Promise<SesFinding[]> {
  const { maker, made, usedAt, companions } = use;
  const signature = await judgeMakerSignature(seal, maker, tools.engine);
  if (made.at > usedAt) {
    return [signature, failed('maker-certificate', 'MAKER_CERTIFICATE_OUT_OF_DATE', 'NOT_YET_VALID')];
  }
  const role = 'maker';
  return [signature, await judgeCertificate({ ...made, certificate: maker, role, companions }, tools.judge)];
}

type MakerUse = {
  readonly maker: Certificate;
  readonly made: UseTime;
  readonly usedAt: number;
  readonly companions: readonly Certificate[];
};

async function judgeStatus(
  seal: ElectronicSeal,
  { at, proven = false }: SealQuestion,
  tools: SesTools,
): Promise<SesFinding[]> {
  const answer = await tools.sealStatus?.(seal);
  return answer === undefined ? [] : [judgeSealStatus(answer, { at, proven })];
}

async function judgeSealTime(seal: ElectronicSeal, tools: SesTools) {
  if (seal.timeStamp === undefined) return undefined;
  const { timeStamp: token, signature } = seal;
  return judgeTimeStamp({ step: 'seal-time-stamp', token, signature }, tools);
}

/**
 * Judges an electronic seal (GB/T 38540-2020, verification of a seal): the maker's signature, the maker's certificate
 * when the seal was made, the seal's dates and its register's word at the time of use, its critical extensions, and in V5 its time stamp.
 * Every step is taken, so that a report can show them all.
 */
export async function judgeSeal(
  seal: ElectronicSeal,
  question: SealQuestion,
  tools: SesTools,
): Promise<SealJudgement> {
  const maker = tryCertificate(seal.makerCertificate);
  const stamp = await judgeSealTime(seal, tools);
  const findings = [
    judgeDates(seal, question.at),
    ...(await judgeStatus(seal, question, tools)),
    judgeExtensions(seal, tools.understoodExtensions),
    ...(stamp === undefined ? [] : [stamp.finding]),
  ];
  if (maker === undefined) {
    findings.push(failed('maker-certificate', 'MAKER_CERTIFICATE_MALFORMED'));
  } else {
    const made = madeAt(seal, maker, stamp?.time);
    const { at: usedAt, companions = [] } = question;
    findings.push(...(await judgeMaker(seal, { maker, made, usedAt, companions }, tools)));
  }
  const ordered = inOrder(findings);
  return { verdict: conclude(ordered), findings: ordered, maker };
}
