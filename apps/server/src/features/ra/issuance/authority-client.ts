import fs from 'node:fs';
import { fromBase64, toBase64 } from '@hufu/kernel';
import { z } from 'zod';
import { raError } from '../errors.ts';

export type RevocationReason = 'keyCompromise' | 'affiliationChanged' | 'superseded' | 'cessationOfOperation';

export type CertificateOrder = {
  /** Carried out once, however often it comes. */
  readonly reference: string;
  /** PKCS #10, DER. */
  readonly csr: Uint8Array;
  readonly encryptionCsr?: Uint8Array | undefined;
  /** Serial number of the encryption certificate whose key stays (OD-31). */
  readonly encryptionOf?: string | undefined;
  readonly holder: {
    readonly kind: 'enterprise' | 'individual';
    readonly uscc?: string;
    readonly unitName?: string;
    readonly personName?: string;
    readonly personIdNo?: string;
    readonly keyNo?: string;
    readonly onPhone?: true;
  };
  readonly notAfter: Date;
};

const base64 = z.base64().transform(fromBase64);
const IssuedPair = z.object({
  serialHex: z.string().regex(/^([0-9a-f]{2}){1,20}$/),
  keyNo: z.string().min(1).max(64),
  certificate: base64,
  chain: z.array(base64).min(1).max(10),
  encryption: z
    .object({
      serialHex: z.string().regex(/^([0-9a-f]{2}){1,20}$/),
      certificate: base64,
      envelopedKey: base64.optional(),
    })
    .optional(),
});
export type IssuedPair = z.infer<typeof IssuedPair>;

/** One authority's side for registrars. @throws RA_AUTHORITY_SILENT, RA_AUTHORITY_REFUSED (`said` holds its code) */
export type AuthorityClient = {
  issue(order: CertificateOrder): Promise<IssuedPair>;
  /** What a reference has led to; undefined when the authority does not know it. */
  order(reference: string): Promise<IssuedPair | undefined>;
  revoke(serialHex: string, reason: RevocationReason): Promise<void>;
  hold(serialHex: string): Promise<void>;
  release(serialHex: string): Promise<void>;
};

export type Authorities = {
  readonly ids: ReadonlySet<string>;
  /** @throws RA_AUTHORITY_ABSENT */
  client(id: string): AuthorityClient;
};

const TIMEOUT_MS = 20_000;
const LARGEST = 1_000_000;

/** An authority of this installation's configuration. */
export type IssuingAuthority = { readonly id: string; readonly url: string; readonly token: string };

const List = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
      url: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
      token: z.string().min(16),
    }),
  )
  .max(100);

/** HUFU_RA_AUTHORITIES. @throws what reading and parsing throws, never with a token in it */
export function readAuthorities(file: string | undefined): readonly IssuingAuthority[] {
  if (file === undefined) return [];
  const parsed = List.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error('HUFU_RA_AUTHORITIES: not a list of authorities');
  return parsed.data;
}

type Asking = { readonly path: string; readonly body?: unknown };

function clientOf({ url, token }: IssuingAuthority): AuthorityClient {
  async function ask({ path, body }: Asking): Promise<{ status: number; json: unknown }> {
    try {
      const answer = await fetch(`${url}/admin${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          connection: 'close',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.text();
      if (text.length > LARGEST || answer.status >= 500) throw new Error(`status ${answer.status}`);
      return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
    } catch (error) {
      throw raError('RA_AUTHORITY_SILENT', {}, error);
    }
  }

  const refused = ({ status, json }: { status: number; json: unknown }) => {
    const said = z.object({ code: z.string().max(60) }).safeParse(json);
    return raError('RA_AUTHORITY_REFUSED', { status, said: said.success ? said.data.code : '' });
  };

  const pairOf = (json: unknown): IssuedPair => {
    const parsed = IssuedPair.safeParse(json);
    if (!parsed.success) throw raError('RA_AUTHORITY_SILENT', {}, parsed.error);
    return parsed.data;
  };

  const change = async (asking: Asking): Promise<void> => {
    const answer = await ask(asking);
    if (answer.status >= 400) throw refused(answer);
  };

  return {
    async issue({ csr, encryptionCsr, notAfter, ...order }) {
      const answer = await ask({
        path: '/certificates',
        body: {
          ...order,
          csr: toBase64(csr),
          ...(encryptionCsr === undefined ? {} : { encryptionCsr: toBase64(encryptionCsr) }),
          notAfter: notAfter.toISOString(),
        },
      });
      if (answer.status !== 201) throw refused(answer);
      return pairOf(answer.json);
    },
    async order(reference) {
      const answer = await ask({ path: `/orders/${encodeURIComponent(reference)}` });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw refused(answer);
      return pairOf(answer.json);
    },
    revoke: (serialHex, reason) => change({ path: `/certificates/${serialHex}/revoke`, body: { reason } }),
    hold: (serialHex) => change({ path: `/certificates/${serialHex}/hold`, body: {} }),
    release: (serialHex) => change({ path: `/certificates/${serialHex}/release`, body: {} }),
  };
}

/** The authorities that issue through this installation. */
export function openAuthorities(list: readonly IssuingAuthority[]): Authorities {
  const clients = new Map(list.map((one) => [one.id, clientOf(one)]));
  return {
    ids: new Set(clients.keys()),
    client(id) {
      const found = clients.get(id);
      if (found === undefined) throw raError('RA_AUTHORITY_ABSENT');
      return found;
    },
  };
}
