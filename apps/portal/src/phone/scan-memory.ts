/** A scan that a page loaded again goes on with. In this tab alone: another one opens its own. */
export type KeptScan = { readonly id: string; readonly url: string };

const place = (name: string): string => `hufu.scan.${name}`;

export function recallScan(name: string): KeptScan | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place(name)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    const { id, url } = kept as Partial<KeptScan>;
    return typeof id === 'string' && typeof url === 'string' ? { id, url } : undefined;
  } catch {
    return undefined;
  }
}

export function keepScan(name: string, scan: KeptScan | undefined): void {
  try {
    if (scan === undefined) sessionStorage.removeItem(place(name));
    else sessionStorage.setItem(place(name), JSON.stringify(scan));
  } catch {
    // Without storage a page that is loaded again opens a new scan.
  }
}
