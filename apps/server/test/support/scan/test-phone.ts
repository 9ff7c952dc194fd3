import { createHash, randomBytes } from 'node:crypto';
import type { PhoneScan, ScanOutcome } from '@hufu/contracts';
import { readScanAddress } from '@hufu/contracts';
import { CodedError, fromBase64, toBase64 } from '@hufu/kernel';
import { authStatementBytes } from '@hufu/keybridge-client';
import {
  createPhoneKey,
  type DeviceKey,
  type HalfRecord,
  type PhoneKey,
  type SignedRequest,
  sealForPage,
} from '@hufu/phone-key';
import type { Halves } from '../../../src/infra/vault/halves.ts';
import { type Answer, Browser } from '../hub/browser.ts';
import { PHONE_HEADER } from './phone-desk.ts';

export const PIN = '135790';
const SIGN = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const random = (length: number) => new Uint8Array(randomBytes(length));

async function newDevice(): Promise<DeviceKey> {
  const pair = await crypto.subtle.generateKey(SIGN, false, ['sign', 'verify']);
  const none = () => Promise.reject(new Error('this phone shares nothing'));
  return {
    signingKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    agreementKey: new Uint8Array(65),
    sign: async (message) =>
      new Uint8Array(
        await crypto.subtle.sign(
          { name: 'ECDSA', hash: 'SHA-256' },
          pair.privateKey,
          new Uint8Array(message),
        ),
      ),
    agree: none,
    agreeFresh: none,
  };
}

/** Keeps halves in memory, one piece of work at a time. */
function memoryStore() {
  const records = new Map<string, HalfRecord>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    get: async (id: string) => records.get(id),
    put: async (record: HalfRecord) => void records.set(record.halfId, record),
    remove: async (id: string) => void records.delete(id),
    exclusive<T>(_id: string, work: () => Promise<T>): Promise<T> {
      const next = last.then(work, work);
      last = next.catch(() => undefined);
      return next;
    },
  };
}

type Confirming = { readonly scanId: string; readonly certificateId: string };

/** A phone without a screen: the real engine of the device, over the real routes. */
export class TestPhone {
  readonly userId: string;
  readonly deviceId: string;
  readonly browser: Browser;
  readonly key: PhoneKey;
  /** What goes to the server in place of the device's request. */
  change: (request: SignedRequest) => SignedRequest = (request) => request;
  #confirming: Confirming | undefined;

  private constructor(browser: Browser, who: { userId: string; deviceId: string }, key: PhoneKey) {
    this.browser = browser;
    this.userId = who.userId;
    this.deviceId = who.deviceId;
    this.key = key;
  }

  static async make(
    base: string,
    halves: Halves,
    who: { readonly userId: string; readonly deviceId: string },
  ): Promise<TestPhone> {
    const phone: { made?: TestPhone } = {};
    const key = createPhoneKey({
      device: await newDevice(),
      stretch: {
        // The cost of a real one is the device's own matter.
        cost: { memoryKib: 8, passes: 1 },
        run: async (pin, salt) => new Uint8Array(createHash('sha256').update(salt).update(pin).digest()),
      },
      store: memoryStore(),
      vault: {
        send: async (op, request) => {
          const { made } = phone;
          if (made === undefined || made.#confirming === undefined) return halves.relay(op, request);
          return (await made.#confirm(made.#confirming, request)) as never;
        },
      },
      random,
    });
    phone.made = new TestPhone(new Browser(base), who, key);
    return phone.made;
  }

  call<T = PhoneScan>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.browser.call<T>(path, {
      ...(body === undefined ? {} : { body }),
      headers: { [PHONE_HEADER]: `${this.userId}/${this.deviceId}` },
    });
  }

  /** What the camera saw. */
  async scan(url: string): Promise<Answer<PhoneScan>> {
    const seen = readScanAddress(this.browser.base, url);
    if (seen === undefined) throw new Error('not a code of this site');
    return this.call('/api/v1/phone/scans', { token: seen.token });
  }

  /** PIN entered: signed with the vault, not yet told to the page. */
  async sign(scan: PhoneScan, options: SignOptions): Promise<Uint8Array[]> {
    const certificate = scan.certificates.find(({ id }) => id === options.certificateId);
    const fingerprint = certificate?.fingerprint ?? '';
    return this.#inScan(scan, options, () =>
      this.key.signAll({
        halfId: options.halfId,
        pin: options.pin ?? PIN,
        order: `scan:${scan.id}`,
        messages: options.messages ?? messagesOf(scan, fingerprint),
      }),
    );
  }

  async open(scan: PhoneScan, options: SignOptions): Promise<Uint8Array[]> {
    return this.#inScan(scan, options, () =>
      this.key.decryptAll({
        halfId: options.halfId,
        pin: options.pin ?? PIN,
        order: `scan:${scan.id}`,
        ciphertexts: scan.ciphertexts.map(({ ciphertext }) => fromBase64(ciphertext)),
      }),
    );
  }

  finish(scan: PhoneScan, outcome: ScanOutcome): Promise<Answer<PhoneScan>> {
    return this.call(`/api/v1/phone/scans/${scan.id}/finish`, outcome);
  }

  async give(scan: PhoneScan, signatures: readonly Uint8Array[]): Promise<Answer<PhoneScan>> {
    return this.finish(scan, { signatures: signatures.map(toBase64) });
  }

  /** Encrypted to the page's key of this scan. */
  async giveOpened(scan: PhoneScan, plaintexts: readonly Uint8Array[]): Promise<Answer<PhoneScan>> {
    const key = fromBase64(scan.pageKey ?? '');
    const sealed = await sealForPage(plaintexts, { key, scanId: scan.id });
    return this.finish(scan, {
      opened: sealed.map((one) => ({
        senderKey: toBase64(one.senderKey),
        iv: toBase64(one.iv),
        sealed: toBase64(one.sealed),
      })),
    });
  }

  async #inScan<T>(scan: PhoneScan, { certificateId }: SignOptions, work: () => Promise<T>): Promise<T> {
    this.#confirming = { scanId: scan.id, certificateId };
    try {
      return await work();
    } finally {
      this.#confirming = undefined;
    }
  }

  async #confirm({ scanId, certificateId }: Confirming, request: SignedRequest): Promise<unknown> {
    const answer = await this.call<{ code?: string; fields?: Record<string, string> }>(
      `/api/v1/phone/scans/${scanId}/confirm`,
      { certificateId, use: this.change(request) },
    );
    if (answer.status === 200) return answer.body;
    throw new CodedError(answer.body.code ?? 'INTERNAL', answer.body.fields ?? {});
  }
}

export type SignOptions = {
  readonly certificateId: string;
  readonly halfId: string;
  readonly pin?: string;
  /** Others than the scan's own. */
  readonly messages?: readonly Uint8Array[];
};

/** As the app composes them: from what it shows. */
export function messagesOf(scan: PhoneScan, fingerprint: string): Uint8Array[] {
  if (scan.challenge === null) return scan.documents.map(({ message }) => fromBase64(message));
  const { act, challengeId, nonce, audience, issuedAt, summary } = scan.challenge;
  return [
    authStatementBytes({
      act,
      origin: scan.site.origin,
      challengeId,
      nonce,
      audience,
      issuedAt,
      ...(summary === undefined ? {} : { summary }),
      certificateSha256: fingerprint,
    }),
  ];
}
