import { fromBase64 } from '@hufu/kernel';
import { parseAuthStatement } from '@hufu/keybridge-client';
import type { SignedStatement } from '@hufu/keybridge-client/protocol';
import { verifyWithCertificate } from './verify-with-certificate.ts';

/** A signature checked as any verifier would: from the bytes handed over, trusting nothing remembered. */
export async function describeSignature(signed: SignedStatement): Promise<{
  readonly isValid: boolean;
  readonly signedAt: string;
  readonly signatureBytes: number;
}> {
  const statement = fromBase64(signed.statement);
  const signature = fromBase64(signed.signature);
  return {
    isValid: await verifyWithCertificate(fromBase64(signed.certificate), statement, signature),
    signedAt: parseAuthStatement(statement).issuedAt,
    signatureBytes: signature.length,
  };
}
