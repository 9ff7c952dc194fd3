import { authStatementBytes, bridgeError } from '@hufu/keybridge-client';
import type { OperationRequest } from '@hufu/keybridge-client/protocol';
import { certificateInfo } from '../drivers/certificate-info.ts';
import type { TokenBoard } from '../drivers/token-board.ts';
import type { Operation } from './operation.ts';
import type { OperationBook } from './operation-book.ts';

export type Asker = {
  /** From the request's Origin header, which a page cannot choose. */
  readonly origin: string;
  readonly title: string | undefined;
};

/**
 * Composes what will be signed. The page chooses the act, the key and the challenge; origin and certificate come
 * from the bridge, and nothing but an authentication statement is ever signed: no page can have a document, a hash
 * or a foreign protocol's message signed.
 *
 * @throws CodedError TOKEN_ABSENT, TOKEN_ALGORITHM_UNSUPPORTED, BRIDGE_STATEMENT_INVALID, BRIDGE_BUSY
 */
export async function startOperation(
  { board, operations }: { readonly board: TokenBoard; readonly operations: OperationBook },
  asker: Asker,
  request: OperationRequest,
): Promise<Operation> {
  const located = await board.locate(request.keyId);
  const holder = certificateInfo(located.key.certificate);
  if (located.key.algorithm === undefined || located.key.usage !== 'sign' || holder === undefined) {
    throw bridgeError('TOKEN_ALGORITHM_UNSUPPORTED');
  }
  const statement = {
    act: request.act,
    origin: asker.origin,
    ...request.payload,
    certificateSha256: holder.sha256,
  };
  return operations.add({
    ...asker,
    act: request.act,
    keyId: request.keyId,
    located,
    holder,
    statement,
    bytes: authStatementBytes(statement),
    language: request.language ?? 'zh',
    theme: request.theme,
  });
}
