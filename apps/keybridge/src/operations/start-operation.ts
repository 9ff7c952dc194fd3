import { type AuthStatement, authStatementBytes, bridgeError } from '@hufu/keybridge-client';
import type { DocumentsRequest, OperationRequest, StatementRequest } from '@hufu/keybridge-client/protocol';
import { certificateInfo } from '../drivers/certificate-info.ts';
import type { TokenBoard } from '../drivers/token-board.ts';
import { documentMessage } from './document-message.ts';
import type { Operation } from './operation.ts';
import type { OperationBook } from './operation-book.ts';

export type Asker = {
  /** From the request's Origin header, which a page cannot choose. */
  readonly origin: string;
  readonly title: string | undefined;
};

/**
 * Composes what will be signed. The page chooses the act, the key and the challenge or the documents; origin and
 * certificate come from the bridge, and nothing is ever signed but an authentication statement that says so, or a
 * document's digest in its usual wrapping: no page can have a foreign protocol's message signed.
 *
 * @throws CodedError TOKEN_ABSENT, TOKEN_ALGORITHM_UNSUPPORTED, BRIDGE_STATEMENT_INVALID, BRIDGE_DOCUMENT_INVALID,
 *   BRIDGE_BUSY
 */
export async function startOperation(
  { board, operations }: { readonly board: TokenBoard; readonly operations: OperationBook },
  asker: Asker,
  request: OperationRequest,
): Promise<Operation> {
  const located = await board.locate(request.keyId);
  const holder = certificateInfo(located.key.certificate);
  const { algorithm, certificate } = located.key;
  if (algorithm === undefined || located.key.usage !== 'sign' || holder === undefined) {
    throw bridgeError('TOKEN_ALGORITHM_UNSUPPORTED');
  }
  const asked =
    request.act === 'sign-documents'
      ? documents(request, { certificate, algorithm })
      : statement(request, { origin: asker.origin, certificateSha256: holder.sha256 });
  return operations.add({
    ...asker,
    ...asked,
    act: request.act,
    keyId: request.keyId,
    located,
    holder,
    language: request.language ?? 'zh',
    theme: request.theme,
  });
}

type Asked = Pick<Operation, 'subject' | 'messages'>;

function statement(
  { act, payload }: StatementRequest,
  bridge: Pick<AuthStatement, 'origin' | 'certificateSha256'>,
): Asked {
  const subject: AuthStatement = { act, ...payload, ...bridge };
  return { subject, messages: [authStatementBytes(subject)] };
}

function documents(request: DocumentsRequest, key: Parameters<typeof documentMessage>[2]): Asked {
  return {
    subject: request.documents.map(({ title, digest }) => ({ title, digest })),
    messages: request.documents.map((document, index) => documentMessage(document, index, key)),
  };
}
