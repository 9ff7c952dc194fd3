/** Where certificates point to, below the authority's base address. */
export const PATHS = {
  root: '/ca/root.cer',
  intermediate: '/ca/intermediate.cer',
  rootCrl: '/crl/root.crl',
  intermediateCrl: '/crl/intermediate.crl',
  ocsp: '/ocsp',
  tsa: '/tsa',
} as const;

export const addressOf = (baseUrl: string, path: string): string => baseUrl.replace(/\/+$/, '') + path;
