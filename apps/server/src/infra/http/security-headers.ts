const COMMON: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
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
