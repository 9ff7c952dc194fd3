const FEATURES = 'microphone=(), geolocation=(), payment=(), usb=()';
/** Of the phone's page: it alone may ask for the camera, to scan. */
export const PHONE_CAMERA = `camera=(self), ${FEATURES}`;
const COMMON: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': `camera=(), ${FEATURES}`,
};
/** Answers that are data need nothing from a browser. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const TWO_YEARS = 63_072_000;

/** Headers of every answer. HSTS only where the base address is https: elsewhere it would lock a demo out. */
export function securityHeaders(baseUrl: string): Readonly<Record<string, string>> {
  const secure = baseUrl.startsWith('https:');
  return {
    ...COMMON,
    'content-security-policy': DATA_POLICY,
    ...(secure ? { 'strict-transport-security': `max-age=${TWO_YEARS}; includeSubDomains` } : {}),
  };
}

export type PageSources = {
  readonly nonce: string;
  /** Origins of the certificate assistant: the page frames its PIN field and talks to it. */
  readonly keyBridge: readonly string[];
};

/** The portal's policy: nothing inline but what carries this answer's nonce. */
export function pagePolicy(sources: PageSources): string {
  const bridge = sources.keyBridge.join(' ');
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${sources.nonce}'`,
    `style-src 'self' 'nonce-${sources.nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${bridge}`.trim(),
    `frame-src 'self' ${bridge}`.trim(),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The phone's page: talks to its own origin alone; its PIN stretching and its scanner are WebAssembly. */
export function phonePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Scripts of the phone that run as workers: what a script may do is what its own answer says. */
export const workerPolicy = (): string =>
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";
