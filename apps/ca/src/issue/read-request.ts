import {
  type CertificationRequest,
  type CryptoEngine,
  parseCertificationRequest,
  verifyCertificationRequest,
} from '@hufu/pki';
import { caError } from '../errors.ts';

/** A request whose signature proves the key. @throws CA_REQUEST_SIGNATURE, and what parsing throws */
export async function readRequest(csr: Uint8Array, engine: CryptoEngine): Promise<CertificationRequest> {
  const request = parseCertificationRequest(csr);
  if (!(await verifyCertificationRequest(request, engine))) throw caError('CA_REQUEST_SIGNATURE');
  return request;
}
