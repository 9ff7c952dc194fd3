import { EXCHANGE_SCOPE_OF, type exchangeRoutes, Problem, type Route } from '@hufu/contracts';
import { fromUtf8, readAtMost } from '@hufu/kernel';
import type { z } from 'zod';
import { sdkError } from '../errors.ts';
import type { AccessTokens } from './access-tokens.ts';

type Named = keyof typeof EXCHANGE_SCOPE_OF;
type RouteOf<N extends Named> = (typeof exchangeRoutes)[N];

export type HubCall<N extends Named> = {
  readonly name: N;
  readonly route: RouteOf<N>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
};

export type Hub = {
  /** The hub's address, e.g. https://hub.example */
  readonly address: string;
  readonly tokens: AccessTokens;
  /** How long to wait for an answer, ms. */
  readonly timeoutMs: number;
};

const LARGEST_JSON = 64 * 1024 * 1024;

function addressOf({ address }: Pick<Hub, 'address'>, { route, params, query }: HubCall<Named>): URL {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  );
  const url = new URL(path, address);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

/** One request. A token that the hub no longer takes is replaced, once. */
async function send<N extends Named>(hub: Hub, call: HubCall<N>, again = true): Promise<Response> {
  const scope = EXCHANGE_SCOPE_OF[call.name];
  const timeout = AbortSignal.timeout(hub.timeoutMs);
  const answer = await fetch(addressOf(hub, call), {
    method: (call.route as Route).method,
    redirect: 'error',
    signal: call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]),
    headers: {
      authorization: `Bearer ${await hub.tokens.of(scope)}`,
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    ...(call.form === undefined ? {} : { body: call.form }),
  }).catch((cause: unknown) => {
    throw sdkError('SDK_HUB_UNREACHABLE', {}, cause);
  });
  if (answer.status === 401 && again) {
    await answer.body?.cancel();
    hub.tokens.forget(scope);
    return send(hub, call, false);
  }
  if (!answer.ok) throw await refusalOf(answer);
  return answer;
}

/** The hub's own code and words travel with the refusal. */
async function refusalOf(answer: Response) {
  const bytes = await readAtMost(answer, 64 * 1024);
  const problem = Problem.safeParse(bytes === undefined ? undefined : jsonOf(bytes));
  if (!problem.success) return sdkError('SDK_HUB_UNREACHABLE', { status: answer.status });
  const { code, title, fields } = problem.data;
  return sdkError('SDK_EXCHANGE_REFUSED', { ...fields, code, status: answer.status, message: title });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    return undefined;
  }
}

/**
 * Calls an operation and reads its answer by the contract.
 * @throws CodedError SDK_EXCHANGE_REFUSED with the hub's `code`, SDK_HUB_UNREACHABLE, SDK_ANSWER_UNREADABLE
 */
export async function callHub<N extends Named, S extends z.ZodType>(
  hub: Hub,
  call: HubCall<N>,
  schema: S,
): Promise<z.output<S>> {
  const answer = await send(hub, call);
  const bytes = await readAtMost(answer, LARGEST_JSON);
  const read = schema.safeParse(bytes === undefined ? undefined : jsonOf(bytes));
  if (!read.success) throw sdkError('SDK_ANSWER_UNREADABLE', { operation: call.name });
  return read.data;
}

/** The same for an operation that answers with bytes. @param most bytes that are taken */
export async function fetchFromHub<N extends Named>(
  hub: Hub,
  call: HubCall<N>,
  most: number,
): Promise<Uint8Array> {
  const bytes = await readAtMost(await send(hub, call), most);
  if (bytes === undefined) throw sdkError('SDK_ANSWER_UNREADABLE', { operation: call.name });
  return bytes;
}

/** The same for one that answers with nothing. */
export async function tellHub<N extends Named>(hub: Hub, call: HubCall<N>): Promise<void> {
  await (await send(hub, call)).body?.cancel();
}
