import type { SignedStatement } from '@hufu/keybridge-client/protocol';
import { z } from 'zod';
import type { Bridge } from '../bridge.ts';

const PATIENCE_MS = 8_000;
/** A few pictures of seals. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

const nonceSchema = z.object({
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,128}$/),
  audience: z.string().max(512),
});

/** What the page shows of a seal; the picture stands in an `img` and nowhere else. */
const sealSchema = z.object({
  number: z.string().max(100),
  name: z.string().max(200),
  word: z.string().max(50).nullable(),
  sample: z.boolean(),
  usable: z.boolean(),
  width: z.number().positive().max(100),
  height: z.number().positive().max(100),
  validTo: z.string().max(40).nullable(),
  picture: z.base64().max(2_000_000),
});

export type ShownSeal = z.infer<typeof sealSchema>;

/** `unknown`: the hub could not be asked, or did not recognise the key. */
export type ShownSeals =
  | { readonly state: 'known'; readonly seals: readonly ShownSeal[] }
  | { readonly state: 'unknown' };

async function ask(hub: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(new URL(path, hub), {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { origin: hub, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const length = Number(answer.headers.get('content-length') ?? 0);
  if (!answer.ok || length > LARGEST_ANSWER) {
    await answer.body?.cancel();
    throw new Error(`the hub answered ${answer.status}`);
  }
  return answer.json();
}

/** The hub's nonce for a test signature; without one the test is the assistant's own business and shows no seal. */
export async function sealNonce({ hub }: Bridge): Promise<z.infer<typeof nonceSchema> | undefined> {
  try {
    return nonceSchema.parse(await ask(hub, '/api/v1/seal-proofs/nonces'));
  } catch {
    return undefined;
  }
}

/** The seals that the key may use, as the hub's register has them (AST-008). */
export async function showSeals({ hub }: Bridge, signed: SignedStatement): Promise<ShownSeals> {
  const { statement, signature, certificate } = signed;
  try {
    const answer = await ask(hub, '/api/v1/seal-proofs', { statement, signature, certificate });
    return { state: 'known', seals: z.array(sealSchema).max(20).parse(answer) };
  } catch {
    return { state: 'unknown' };
  }
}
