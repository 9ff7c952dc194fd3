import type { Route, RouteAnswer } from '@hufu/contracts';
import type { z } from 'zod';
import { acceptLanguage, addressOf, inLibrary } from './client.ts';
import { localProblem, readProblem } from './problem.ts';

export type UploadOptions<R extends Route> = {
  params?: R['params'] extends z.ZodType ? z.input<R['params']> : undefined;
  form: R['form'] extends z.ZodType ? z.input<R['form']> : never;
  files: Readonly<Record<string, File>>;
  /** Called with the sent share, 0 to 1. */
  onProgress: (share: number) => void;
};

/**
 * Sends a multipart request. XMLHttpRequest, because `fetch` does not tell how much has been sent.
 *
 * @throws ProblemError as `call` does
 */
export function upload<const R extends Route>(route: R, options: UploadOptions<R>): Promise<RouteAnswer<R>> {
  const data = new FormData();
  for (const [name, value] of Object.entries(options.form as Record<string, unknown>)) {
    if (value !== undefined) data.append(name, String(value));
  }
  for (const [name, file] of Object.entries(options.files)) data.append(name, file, file.name);

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(route.method, addressOf(route, { params: options.params }));
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    request.setRequestHeader('accept-language', acceptLanguage());
    if (inLibrary()) request.setRequestHeader('x-hufu-realm', 'library');
    request.responseType = 'json';
    request.upload.onprogress = (event) =>
      options.onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => reject(localProblem('PORTAL_NETWORK'));
    request.onload = () => {
      const declared = route.responses[request.status];
      if (declared === undefined || declared === null) {
        reject(readProblem(request.response, request.status));
        return;
      }
      const answer = declared.safeParse(request.response);
      if (answer.success) resolve(answer.data as RouteAnswer<R>);
      else reject(localProblem('PORTAL_ANSWER', answer.error));
    };
    request.send(data);
  });
}
