import { fromBase64, toBase64 } from '@hufu/kernel';

export type Issued = {
  readonly serialHex: string;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly encryption: { readonly certificate: Uint8Array; readonly envelopedKey: Uint8Array } | undefined;
};

export type IssueRequest = {
  readonly csr: Uint8Array;
  readonly holder: Readonly<Record<string, string>>;
  readonly notBefore: string;
  readonly notAfter: string;
};

type IssuedJson = {
  readonly serialHex: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly encryption?: { readonly certificate: string; readonly envelopedKey: string };
};

/** The admin API of one authority, as its own README describes it. */
export function authorityClient(base: string, adminToken: string) {
  async function ask(path: string, init: { method?: string; body?: unknown } = {}): Promise<unknown> {
    const answer = await fetch(`${base}${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${adminToken}`,
        // A kept connection may be closed by the other side at the moment of the next request.
        connection: 'close',
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  return {
    async issue(request: IssueRequest): Promise<Issued> {
      const body = { ...request, csr: toBase64(request.csr) };
      const issued = (await ask('/admin/certificates', { method: 'POST', body })) as IssuedJson;
      const { encryption } = issued;
      return {
        serialHex: issued.serialHex,
        certificate: fromBase64(issued.certificate),
        chain: issued.chain.map(fromBase64),
        encryption: encryption && {
          certificate: fromBase64(encryption.certificate),
          envelopedKey: fromBase64(encryption.envelopedKey),
        },
      };
    },
    revoke: (serialHex: string) =>
      ask(`/admin/certificates/${serialHex}/revoke`, { method: 'POST', body: { reason: 'keyCompromise' } }),
    hold: (serialHex: string) => ask(`/admin/certificates/${serialHex}/hold`, { method: 'POST' }),
    profile: () => ask('/ca/profile.json') as Promise<{ id: string; facts: unknown }>,
    async certificate(name: 'root' | 'intermediate'): Promise<Uint8Array> {
      const answer = await fetch(`${base}/ca/${name}.cer`, { headers: { connection: 'close' } });
      if (!answer.ok) throw new Error(`${name} certificate: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}
export type AuthorityClient = ReturnType<typeof authorityClient>;
