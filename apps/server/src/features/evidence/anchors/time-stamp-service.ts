import fs from 'node:fs';
import type { RandomBytes } from '@hufu/kernel';
import { anchorFromCertificate, type TrustAnchor } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import type { TimeStampConfig } from '../../../infra/config/config.ts';
import { anchorError } from './errors.ts';
import { createTsaDriver, type TsaDriver } from './tsa-driver.ts';
import { isAuthority, readTsaCertificates, tsaTrust } from './tsa-trust.ts';

type TimeStampService = {
  readonly driver: TsaDriver;
  /** For whoever validates its tokens later. */
  readonly anchors: readonly TrustAnchor[];
};

/** The configured time-stamp service (RFC 3161). @throws TSA_CERTIFICATES_UNREADABLE */
export function openTimeStampService(
  { url, certificates, policy }: TimeStampConfig,
  random: RandomBytes,
): TimeStampService {
  const engine = nodeCryptoEngine();
  const pem = readText(certificates);
  const trust = tsaTrust(pem, engine);
  return {
    driver: createTsaDriver({ url, policy, trust, engine, random }),
    anchors: readTsaCertificates(pem).filter(isAuthority).map(anchorFromCertificate),
  };
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw anchorError('TSA_CERTIFICATES_UNREADABLE', {}, error);
  }
}
