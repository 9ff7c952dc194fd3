import {
  BaseVersion,
  exchangeRoutes,
  FeedPage,
  FilingAnswer,
  type FilingForm,
  Mapping,
  type MirroredFile,
  type MirrorPackage,
  NoticeList,
  ProjectAnswer,
  PullAnswer,
  type PullForm,
  type Recognition,
  RecognitionAnswer,
  type RecognitionForm,
  SealingOrder,
  type SealingOrderForm,
  type TradedProject,
  UsableAnswer,
  type UsableQuery,
  UseAnswer,
  type UseForm,
} from '@hufu/contracts';
import { type Clock, canonicalJson, type JsonValue, systemClock } from '@hufu/kernel';
import type { z } from 'zod';
import { sdkError } from '../errors.ts';
import { accessTokens } from './access-tokens.ts';
import { callHub, fetchFromHub, type Hub, tellHub } from './call-hub.ts';
import { type HubStatements, hubStatements } from './hub-statements.ts';
import { type PlatformSigningKey, signProject } from './sign-project.ts';
import { sha256Hex, verifyPackage } from './verify-package.ts';

export type ExchangeOptions = {
  /** The hub's address, e.g. https://hub.example */
  readonly hubUrl: string;
  /** Its issuer, e.g. https://hub.example/oidc */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For reporting projects: the private half of a key that is registered for this platform. */
  readonly signingKey?: PlatformSigningKey;
  /** Plain http is refused unless this is set; for a hub on the same machine only. */
  readonly allowHttp?: boolean;
  readonly clock?: Clock;
  /** How long to wait for an answer, ms. */
  readonly timeoutMs?: number;
};

export type FollowOptions = {
  /** Index of the last entry that was dealt with; -1: from the beginning. */
  readonly after: number;
  readonly limit?: number;
  /** Seconds that the hub may wait for something new. */
  readonly wait?: number;
  /** Take only what independent witnesses have confirmed. */
  readonly upTo?: 'logged' | 'witnessed';
  readonly signal?: AbortSignal;
};

/**
 * The library of entities, for a platform's server. Whatever is refused is thrown as SDK_EXCHANGE_REFUSED with the
 * hub's own `code` and `message`; what is signed or hashed has been verified before it is returned.
 */
export type ExchangeClient = {
  /** Reads what the hub has signed for this platform, e.g. with `readNotice`. */
  readonly statements: HubStatements;
  /** One page of changes; keep `next` together with what was done with the entries. */
  feed(options: FollowOptions): Promise<FeedPage>;
  /** Page after page, until `signal` ends it. */
  follow(options: FollowOptions): AsyncGenerator<FeedPage, void>;
  /** @throws CodedError EXCHANGE_SYNC_CODE (MSG-23) as the refusal's `code`, SDK_SIGNATURE_INVALID, SDK_PACKAGE_CHANGED */
  pull(form: z.input<typeof PullForm>, idempotencyKey?: string): Promise<MirrorPackage>;
  /** @throws CodedError SDK_FILE_CHANGED when its content is not what the package says */
  pullFile(pull: string, file: Pick<MirroredFile, 'sha256' | 'size'>): Promise<Uint8Array>;
  mapping(): Promise<Mapping>;
  usable(query: z.input<typeof UsableQuery>): Promise<z.infer<typeof UsableAnswer>>;
  /** May be repeated: a callback id counts once. */
  reportUse(form: z.input<typeof UseForm>): Promise<UseAnswer>;
  notices(after: number): Promise<z.infer<typeof NoticeList>>;
  acknowledge(seq: number): Promise<void>;
  /** Signs and sends. May be repeated. @throws CodedError SDK_SIGNING_KEY_MISSING */
  reportProject(project: Omit<z.input<typeof TradedProject>, 'iss' | 'aud' | 'iat'>): Promise<ProjectAnswer>;
  /** Which version of its base information an entity has: what a review refers to. */
  base(uscc: string): Promise<BaseVersion>;
  decideFiling(form: z.input<typeof FilingForm>): Promise<z.infer<typeof FilingAnswer>>;
  /** Another platform's approval of the present version, by the policy of this platform. */
  recognise(form: z.input<typeof RecognitionForm>, idempotencyKey?: string): Promise<Recognition>;
  orderSealing(
    order: z.input<typeof SealingOrderForm> & { readonly pdf: Uint8Array; readonly name: string },
    idempotencyKey?: string,
  ): Promise<SealingOrder>;
  sealing(id: string): Promise<SealingOrder>;
  /** As it was sealed. Verify it with `verifySealed` before relying on it. */
  sealedDocument(id: string): Promise<Uint8Array>;
};

const TIMEOUT_MS = 40_000;
const LARGEST_DOCUMENT = 64 * 1024 * 1024;
const freshKey = (): string => crypto.randomUUID();

export function exchangeClient(options: ExchangeOptions): ExchangeClient {
  const { clock = systemClock, clientId, signingKey } = options;
  const address = options.hubUrl.replace(/\/$/, '');
  const hub: Hub = { address, tokens: accessTokens(options), timeoutMs: options.timeoutMs ?? TIMEOUT_MS };
  const statements = hubStatements({ hub: address, clientId });
  const {
    feed,
    pull,
    pullFile,
    mapping,
    usable,
    use,
    notices,
    acknowledge,
    project,
    base,
    filing,
    recognise,
    sealing,
    sealingState,
    sealingDocument,
  } = exchangeRoutes;

  const readFeed = ({ after, limit, wait, upTo, signal }: FollowOptions): Promise<FeedPage> =>
    callHub(hub, { name: 'feed', route: feed, query: { after, limit, wait, upTo }, signal }, FeedPage);

  return {
    statements,
    feed: readFeed,
    async *follow({ wait = 25, ...first }) {
      for (let { after } = first; first.signal?.aborted !== true; ) {
        const page = await readFeed({ ...first, wait, after });
        after = page.next;
        yield page;
      }
    },
    async pull(form, idempotencyKey = freshKey()) {
      const call = { name: 'pull', route: pull, body: form, idempotencyKey } as const;
      return verifyPackage(await callHub(hub, call, PullAnswer), statements);
    },
    async pullFile(id, { sha256, size }) {
      const call = { name: 'pullFile', route: pullFile, params: { id, sha256 } } as const;
      const bytes = await fetchFromHub(hub, call, size);
      if ((await sha256Hex(bytes)) !== sha256) throw sdkError('SDK_FILE_CHANGED', { sha256 });
      return bytes;
    },
    mapping: () => callHub(hub, { name: 'mapping', route: mapping }, Mapping),
    usable: (query) => callHub(hub, { name: 'usable', route: usable, query }, UsableAnswer),
    reportUse: (body) => callHub(hub, { name: 'use', route: use, body }, UseAnswer),
    notices: (after) => callHub(hub, { name: 'notices', route: notices, query: { after } }, NoticeList),
    acknowledge: (seq) => tellHub(hub, { name: 'acknowledge', route: acknowledge, body: { seq } }),
    async reportProject(told) {
      if (signingKey === undefined) throw sdkError('SDK_SIGNING_KEY_MISSING');
      const iat = Math.floor(clock.now() / 1000);
      const statement = await signProject({ ...told, iss: clientId, aud: address, iat }, signingKey);
      return callHub(hub, { name: 'project', route: project, body: { statement } }, ProjectAnswer);
    },
    base: (uscc) => callHub(hub, { name: 'base', route: base, query: { uscc } }, BaseVersion),
    decideFiling: (body) => callHub(hub, { name: 'filing', route: filing, body }, FilingAnswer),
    async recognise(body, idempotencyKey = freshKey()) {
      const call = { name: 'recognise', route: recognise, body, idempotencyKey } as const;
      const { recognition, signature } = await callHub(hub, call, RecognitionAnswer);
      const said = await statements(signature, 'hufu-recognition+jws');
      const same =
        canonicalJson(said['recognition'] as JsonValue) ===
        canonicalJson(recognition as unknown as JsonValue);
      if (!same) throw sdkError('SDK_SIGNATURE_INVALID', { of: 'recognition' });
      return recognition;
    },
    orderSealing({ pdf, name, ...fields }, idempotencyKey = freshKey()) {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.set(field, value);
      form.set('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), name);
      return callHub(hub, { name: 'sealing', route: sealing, form, idempotencyKey }, SealingOrder);
    },
    sealing: (id) =>
      callHub(hub, { name: 'sealingState', route: sealingState, params: { id } }, SealingOrder),
    sealedDocument: (id) =>
      fetchFromHub(
        hub,
        { name: 'sealingDocument', route: sealingDocument, params: { id } },
        LARGEST_DOCUMENT,
      ),
  };
}
