import {
  type PhoneCertificate,
  type PhoneScan,
  type PhoneSession,
  phoneDeviceStatement,
} from '@hufu/contracts';
import { encodeSm2Spki } from '@hufu/gm';
import { fromBase64, toBase64, utf8 } from '@hufu/kernel';
import { authStatementBytes } from '@hufu/keybridge-client';
import {
  createPhoneKey,
  type HalfAnswer,
  type HalfOp,
  type HalfUsage,
  type PhoneKey,
  type SignedRequest,
} from '@hufu/phone-key';
import type { Signer } from '@hufu/pki';
import { type Answer, Browser } from './browser.ts';
import { expectStatus } from './installation.ts';
import { newDisk, nodeRandom, nodeStretch, type PhoneDisk } from './phone-device.ts';
import { pause } from './programs.ts';

export const PIN = 'a1b2c3';

/** What the vault, or the server on the way to it, has said no to. */
export class VaultRefusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

type Scanned = { readonly scan: PhoneScan; readonly token: string };

/** 标证通 without a screen: the API, and the device's engine of the app. */
export class Phone {
  readonly browser: Browser;
  readonly disk: PhoneDisk;
  readonly key: PhoneKey;
  session: PhoneSession | undefined;
  /** For tests of lost answers: called with what came back, before the engine sees it. */
  onAnswer: ((operation: HalfOp) => Promise<void> | void) | undefined;

  /** @param browser with the cookies of another phone, where one was copied whole */
  constructor(base: string, disk: PhoneDisk = newDisk(), browser = new Browser(base)) {
    this.browser = browser;
    this.disk = disk;
    this.key = createPhoneKey({
      device: disk.key,
      stretch: nodeStretch,
      store: disk.store,
      random: nodeRandom,
      vault: { send: (operation, request) => this.#relay(operation, request) },
    });
  }

  async #relay<Op extends HalfOp>(operation: Op, message: SignedRequest): Promise<HalfAnswer<Op>> {
    const route = this.relayTo?.(operation, message);
    const answer = await (route ?? this.browser.call(`/api/v1/phone/halves/${operation}`, { body: message }));
    if (answer.status !== 200) throw new VaultRefusal(String(answer.body['code'] ?? answer.text));
    await this.onAnswer?.(operation);
    return answer.body as HalfAnswer<Op>;
  }

  /** Where messages go while a scan is confirmed; elsewhere, to the relay. */
  relayTo: ((operation: HalfOp, message: SignedRequest) => Promise<Answer> | undefined) | undefined;

  async logIn(mobile: string): Promise<void> {
    const { browser } = this;
    const before = new Set((await inbox(browser)).map(({ id }) => id));
    expectStatus(await browser.call('/api/v1/phone/login-codes', { body: { mobile } }), 202);
    let text: string | undefined;
    while (text === undefined) {
      // Sent by a worker: it may take a moment.
      await pause(20);
      text = (await inbox(browser)).find(({ id, to }) => to === mobile && !before.has(id))?.text;
    }
    const code = /\d{6}/.exec(text)?.[0];
    expectStatus(await browser.call('/api/v1/phone/logins', { body: { mobile, code } }), 201);
    await this.present();
  }

  /** Registers this device with the login, or is recognised by its key. */
  async present(name = '测试手机'): Promise<void> {
    const { browser, disk } = this;
    const session = await browser.call<PhoneSession>('/api/v1/phone/session');
    expectStatus(session as Answer, 200);
    const signingKey = toBase64(disk.key.signingKey);
    const agreementKey = toBase64(disk.key.agreementKey);
    const statement = phoneDeviceStatement({ sessionId: session.body.id, signingKey, agreementKey });
    const proof = toBase64(await disk.key.sign(utf8(statement)));
    const answer = await browser.call<PhoneSession>('/api/v1/phone/devices', {
      body: { name, signingKey, agreementKey, proof },
    });
    expectStatus(answer as Answer, 200);
    this.session = answer.body;
  }

  /** 去认证 at the demo's provider. */
  async proveName(account: string, password: string): Promise<void> {
    const { browser } = this;
    const begun = await browser.call<{ redirectTo: string }>('/api/v1/phone/real-names', { method: 'POST' });
    expectStatus(begun as Answer, 201);
    const login = await browser.follow(begun.body.redirectTo, () => true);
    expectStatus(login.answer, 200);
    const form = new URLSearchParams({ account, password });
    const origin = new URL(login.answer.url).origin;
    const sent = await browser.call(login.answer.url, { body: form, headers: { origin } });
    const back = sent.headers.get('location');
    if (back === null) throw new Error(`not logged in: ${sent.status}`);
    await browser.follow(new URL(back, login.answer.url).href, (next) => !next.pathname.startsWith('/phone'));
    const session = await browser.call<PhoneSession>('/api/v1/phone/session');
    if (!session.body.verified) throw new Error(`no real name: ${session.text}`);
    this.session = session.body;
  }

  async certificates(): Promise<readonly PhoneCertificate[]> {
    const answer = await this.browser.call<PhoneCertificate[]>('/api/v1/phone/certificates');
    expectStatus(answer as unknown as Answer, 200);
    return answer.body;
  }

  /** A signer of a half, for certificate requests. */
  requestSigner(half: { halfId: string; publicKey: Uint8Array }, order: string, pin = PIN): Signer {
    return {
      algorithm: 'sm2-sm3',
      publicKey: encodeSm2Spki(half.publicKey),
      sign: async (message) => {
        const [signature] = await this.key.signAll({
          halfId: half.halfId,
          pin,
          order,
          messages: [message],
        });
        return signature!;
      },
    };
  }

  /** 扫一扫. @param url what the QR holds */
  async read(url: string): Promise<Answer<PhoneScan> & Scanned> {
    const token = url.slice(url.lastIndexOf('/') + 1).split('.')[0]!;
    const answer = await this.browser.call<PhoneScan>('/api/v1/phone/scans', { body: { token } });
    return { ...answer, scan: answer.body, token };
  }

  /** Enters the PIN, signs with the vault, and hands the signatures in. @returns the answer of the last step */
  async confirm(scan: PhoneScan, options: { pin?: string; certificateId?: string } = {}): Promise<Answer> {
    const certificate = scan.certificates.find(
      ({ id, problem }) => id === options.certificateId || (!options.certificateId && problem === null),
    );
    if (certificate === undefined) throw new Error(`nothing to sign with: ${JSON.stringify(scan)}`);
    const signatures = await this.sign(scan, certificate, options.pin);
    return this.finish(scan, signatures);
  }

  finish(scan: PhoneScan, signatures: readonly Uint8Array[]): Promise<Answer> {
    return this.browser.call(`/api/v1/phone/scans/${scan.id}/finish`, {
      body: { signatures: signatures.map(toBase64) },
    });
  }

  /** The first half of `confirm`: signatures that the server has not yet got. */
  async sign(
    scan: PhoneScan,
    certificate: { id: string; fingerprint: string },
    pin = PIN,
  ): Promise<Uint8Array[]> {
    const halfId = await this.halfOf(certificate.id, 'sign');
    this.relayTo = (_operation, use) =>
      this.browser.call(`/api/v1/phone/scans/${scan.id}/confirm`, {
        body: { certificateId: certificate.id, use },
      });
    try {
      return await this.key.signAll({
        halfId,
        pin,
        order: `scan:${scan.id}`,
        messages: messagesOf(scan, certificate.fingerprint),
      });
    } finally {
      this.relayTo = undefined;
    }
  }

  async halfOf(certificateId: string, usage: HalfUsage): Promise<string> {
    const certificate = (await this.certificates()).find(({ id }) => id === certificateId);
    const half = certificate?.halves.find((one) => one.usage === usage);
    if (half === undefined) throw new Error(`no ${usage} half of ${certificateId} on this device`);
    return half.id;
  }
}

/** What a scan asks the key to sign. */
export function messagesOf(scan: PhoneScan, certificateSha256: string): Uint8Array[] {
  if (scan.challenge === null) return scan.documents.map(({ message }) => fromBase64(message));
  const { act, challengeId, nonce, audience, issuedAt, summary } = scan.challenge;
  const statement = {
    act,
    origin: scan.site.origin,
    challengeId,
    nonce,
    audience,
    issuedAt,
    ...(summary === undefined ? {} : { summary }),
    certificateSha256,
  };
  return [authStatementBytes(statement)];
}

type Sms = { readonly id: string; readonly to: string; readonly text: string };

/** What the demo would have sent. */
async function inbox(browser: Browser): Promise<readonly Sms[]> {
  return (await browser.call<readonly Sms[]>('/api/v1/demo/sms')).body;
}
