import { CodedError, toBase64 } from '@hufu/kernel';
import { bridgeError } from '@hufu/keybridge-client';
import type { SignatureAlgorithm } from '@hufu/pki';
import type { TokenBoard } from '../drivers/token-board.ts';
import type { Operation } from './operation.ts';
import type { OperationBook, OperationResult } from './operation-book.ts';
import { verifyWithCertificate } from './verify-with-certificate.ts';

/**
 * Tries the PIN and signs. A wrong PIN leaves the operation open for another try; everything else settles it.
 *
 * @throws CodedError with the code that the PIN frame shows; the page learns the same code from the operation's
 *   state, except for a wrong PIN, which is the holder's own business
 */
export async function signOperation(
  { board, operations }: { readonly board: TokenBoard; readonly operations: OperationBook },
  operationId: string,
  pin: string,
): Promise<void> {
  const operation = operations.begin(operationId);
  try {
    operations.succeed(operationId, await sign(board, operation, pin));
  } catch (error) {
    const coded = asSeenWhileSigning(error);
    if (coded.code === 'PIN_INCORRECT' || coded.code === 'PIN_POLICY') operations.giveBack(operationId);
    else operations.fail(operationId, coded);
    throw coded;
  }
}

async function sign(board: TokenBoard, operation: Operation, pin: string): Promise<OperationResult> {
  const { key } = operation.located;
  const { act, messages } = operation;
  const session = await board.open(operation.located, pin);
  const signatures: string[] = [];
  try {
    for (const message of messages) {
      const signature = await session.sign(key.ref, message);
      // A faulty token or driver shows here, on the user's own machine, instead of as a refusal by the verifier.
      if (!(await verifyWithCertificate(key.certificate, message, signature))) {
        throw bridgeError('TOKEN_FAULT', { reason: 'signature' });
      }
      signatures.push(toBase64(signature));
    }
  } finally {
    await session.close();
  }
  const by = { algorithm: key.algorithm as SignatureAlgorithm, certificate: toBase64(key.certificate) };
  return act === 'sign-documents'
    ? { signatures, ...by }
    : { statement: toBase64(messages[0]!), signature: signatures[0]!, ...by };
}

/** The key was there when the operation began, so an absent one has been pulled out. */
function asSeenWhileSigning(error: unknown): CodedError {
  if (!(error instanceof CodedError)) return bridgeError('BRIDGE_FAULT', {}, error);
  return error.code === 'TOKEN_ABSENT' ? bridgeError('TOKEN_REMOVED', {}, error) : error;
}
