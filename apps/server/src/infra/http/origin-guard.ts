import { infraError } from '../errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export type CallFacts = {
  readonly method: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly hasCookie: boolean;
};

/**
 * A page of another site must not act with our user's cookies. Browsers send Origin with every unsafe request;
 * a program without cookies has nothing to be stolen and may leave it out.
 * @throws REQUEST_FOREIGN_ORIGIN
 */
export function guardOrigin(call: CallFacts, own: string): void {
  if (SAFE_METHODS.has(call.method)) return;
  if (call.origin !== undefined) {
    if (call.origin !== own) throw infraError('REQUEST_FOREIGN_ORIGIN');
    return;
  }
  if (call.fetchSite !== undefined && call.fetchSite !== 'same-origin' && call.fetchSite !== 'none') {
    throw infraError('REQUEST_FOREIGN_ORIGIN');
  }
  if (call.hasCookie && call.fetchSite === undefined) throw infraError('REQUEST_FOREIGN_ORIGIN');
}
