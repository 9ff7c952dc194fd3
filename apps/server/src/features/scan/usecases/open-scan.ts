import { createHash } from 'node:crypto';
import { SCAN_SECONDS, type ScanOrder, scanAddress } from '@hufu/contracts';
import { toBase64Url } from '@hufu/kernel';
import type { FastifyRequest } from 'fastify';
import { withTransaction } from '../../../infra/database/database.ts';
import type { ScanContext } from '../context.ts';
import { browserName, maskedAddress } from '../domain/page-place.ts';
import { scanError } from '../errors.ts';
import { insertScan, openScansOf, type ScanRow, updateScan } from '../store.ts';
import type { ScanContent, ScanScope } from '../tables.ts';

/** Several tabs of one browser; whoever opens more gives the oldest up. */
const MOST_OPEN = 5;

type About = {
  readonly content: ScanContent;
  readonly scope: ScanScope;
  readonly entityId: string | null;
  readonly fingerprint: string | null;
};

export type Opening = {
  readonly order: ScanOrder;
  readonly request: FastifyRequest;
  readonly browserSha256: string;
};

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * A QR code for what the page wants signed or opened. The page's cookie, its session and its origin are written down
 * now: nothing that comes later can change what the scan is about.
 * @throws SCAN_PAGE_SESSION, HUB_CHALLENGE_… as SCAN_STATE, and what the sealing says
 */
export async function openScan(
  context: ScanContext,
  { order, request, browserSha256 }: Opening,
): Promise<{ readonly row: ScanRow; readonly url: string }> {
  const { content, scope, entityId, fingerprint } = await aboutOf(context, { order, request, browserSha256 });
  const token = toBase64Url(context.random(32));
  const id = toBase64Url(context.random(16));
  const now = context.clock.now();
  const given: string[] = [];
  const row = await withTransaction(context.database, async (tx) => {
    const open = await openScansOf(tx, browserSha256);
    for (const old of open.slice(0, Math.max(0, open.length - MOST_OPEN + 1))) {
      await updateScan(tx, old, { state: 'CANCELLED', ended_at: new Date(now) });
      given.push(old.id);
    }
    return insertScan(tx, {
      id,
      token_sha256: sha256Hex(token),
      browser_sha256: browserSha256,
      purpose: order.purpose,
      origin: context.origin,
      scope,
      entity_id: entityId,
      fingerprint,
      content: JSON.stringify(content),
      from_address: maskedAddress(request.ip),
      from_browser: browserName(request.headers['user-agent']),
      // The enterprise's own session needs no code: no other enterprise's certificate serves it.
      code_needed: entityId === null,
      state: 'WAITING',
      version: 1,
      wrong_codes: 0,
      confirmations: 0,
      user_id: null,
      device_id: null,
      certificate_id: null,
      use_id: null,
      result: null,
      created_at: new Date(now),
      scanned_at: null,
      ended_at: null,
      expires_at: new Date(now + SCAN_SECONDS.waiting * 1000),
    });
  });
  for (const old of given) context.changed(old);
  return { row, url: scanAddress(context.origin, token) };
}

/** The phone's own app sees for itself that the phone decrypts. Any other browser would have to type the code. */
const OWN_APP = { scope: 'HUB', entityId: null } as const;

async function aboutOf(
  { pages, phones }: ScanContext,
  { order, request, browserSha256 }: Opening,
): Promise<About> {
  switch (order.purpose) {
    case 'sign-documents': {
      const holder = await pages.holder(request);
      if (holder === undefined) throw scanError('SCAN_PAGE_SESSION');
      const documents = await pages.documents(request, order.preparationId);
      if (documents.length === 0) throw scanError('SCAN_STATE');
      return { ...holder, content: { kind: 'documents', documents } };
    }
    case 'decrypt': {
      const holder =
        (await pages.holder(request)) ??
        ((await phones.caller(request)).kind === 'phone' ? OWN_APP : undefined);
      if (holder === undefined) throw scanError('SCAN_PAGE_SESSION');
      const { ciphertexts, pageKey } = order;
      // Any certificate of the enterprise: the one that a file was encrypted to is the one that opens it.
      return { ...holder, fingerprint: null, content: { kind: 'ciphertexts', ciphertexts, pageKey } };
    }
    default: {
      const challenge = await pages.challenge({ id: order.challengeId, browserSha256 });
      if (challenge?.act !== order.purpose) throw scanError('SCAN_STATE');
      return {
        content: { kind: 'challenge', challenge },
        scope: order.purpose.startsWith('library-') ? 'LIBRARY' : 'HUB',
        entityId: await entityOf({ pages, request, purpose: order.purpose }),
        fingerprint: null,
      };
    }
  }
}

/** Acts that are done inside a session serve the enterprise of that session alone. */
async function entityOf({
  pages,
  request,
  purpose,
}: Pick<ScanContext, 'pages'> & Pick<Opening, 'request'> & { purpose: ScanOrder['purpose'] }): Promise<
  string | null
> {
  if (purpose !== 'activate' && purpose !== 'library-key') return null;
  const entityId =
    purpose === 'activate' ? (await pages.holder(request))?.entityId : await pages.member(request);
  if (entityId === undefined) throw scanError('SCAN_PAGE_SESSION');
  return entityId;
}
