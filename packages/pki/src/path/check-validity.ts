import type { Certificate } from '../x509/model.ts';
import { type CheckFailure, refuse } from './failure.ts';

/** Certificates count in whole seconds, both ends included, so the moment's fraction is dropped. */
const wholeSecond = (time: number): number => Math.floor(time / 1000) * 1000;

/** §6.1.3(a)(2): the moment lies within the validity period. */
export function checkValidity(certificate: Certificate, time: number): CheckFailure | undefined {
  const at = wholeSecond(time);
  // Written so that a moment that is no number fails too.
  if (!(at >= certificate.notBefore)) return refuse('NOT_YET_VALID', 'RFC 5280 §6.1.3(a)(2)');
  if (!(at <= certificate.notAfter)) return refuse('EXPIRED', 'RFC 5280 §6.1.3(a)(2)');
  return undefined;
}
