import { createHmac, timingSafeEqual } from 'node:crypto';

/** The signatures of cookies, as the provider's cookie library asks for them, with SHA-256 in place of SHA-1. */
export type CookieKeys = {
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
  /** 0 when signed by our key, -1 otherwise. */
  index(text: string, signature: string): number;
};

export function cookieKeys(secret: Uint8Array): CookieKeys {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const verify = (text: string, signature: string) => {
    const expected = Buffer.from(sign(text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  return { sign, verify, index: (text, signature) => (verify(text, signature) ? 0 : -1) };
}

export type CookieNames = { readonly session: string; readonly interaction: string; readonly resume: string };

/** Over https the session cookie is nailed to this host and path by its name (RFC 6265bis §4.1.3.2). */
export function cookieNames(baseUrl: string): CookieNames {
  const prefix = baseUrl.startsWith('https:') ? '__Host-' : '';
  return { session: `${prefix}hufu_session`, interaction: 'hufu_interaction', resume: 'hufu_resume' };
}

/** Of a Cookie header; undefined unless it is there once and our signature is beside it. */
export function signedCookie(header: string | undefined, name: string, keys: CookieKeys): string | undefined {
  const value = cookieValue(header, name);
  const signature = cookieValue(header, `${name}.sig`);
  if (value === undefined || signature === undefined) return undefined;
  return keys.verify(`${name}=${value}`, signature) ? value : undefined;
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  return found.length === 1 ? found[0]!.slice(name.length + 1) : undefined;
}
