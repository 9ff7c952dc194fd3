import { type RaOrder, type RaSlot, raRoutes } from '@hufu/contracts';
import { acceptLanguage, addressOf } from '../api/client.ts';
import { localProblem, readProblem } from '../api/problem.ts';

type Sending = {
  readonly orderId: string;
  readonly slot: RaSlot;
  readonly file: File;
  /** The sent share, 0 to 1. */
  readonly onProgress: (share: number) => void;
};

/**
 * Hands a file in. XMLHttpRequest, because `fetch` does not tell how much has been sent.
 *
 * @throws ProblemError as `call` does
 */
export function sendFile({ orderId, slot, file, onProgress }: Sending): Promise<RaOrder> {
  const data = new FormData();
  data.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf(raRoutes.attach, { params: { id: orderId, slot } }));
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    request.setRequestHeader('accept-language', acceptLanguage());
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(localProblem('APP_NETWORK'));
    request.onload = () => {
      if (request.status !== 201) {
        reject(readProblem(request.response, request.status));
        return;
      }
      const answer = raRoutes.attach.responses[201].safeParse(request.response);
      if (answer.success) resolve(answer.data);
      else reject(localProblem('APP_ANSWER', answer.error));
    };
    request.send(data);
  });
}
