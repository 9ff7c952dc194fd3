import { createHash, randomBytes, type webcrypto } from 'node:crypto';
import { type PhoneSession, phoneDeviceStatement } from '@hufu/contracts';
import { CodedError, toBase64, utf8 } from '@hufu/kernel';
import {
  createPhoneKey,
  type DeviceKey,
  type HalfOp,
  type HalfRecord,
  type PhoneKey,
  type SignedRequest,
} from '@hufu/phone-key';
import { Browser } from '../hub/browser.ts';

export const PIN = '135790';
const CURVE = 'P-256';
const random = (length: number) => new Uint8Array(randomBytes(length));

async function newDevice(): Promise<DeviceKey> {
  const signing = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: CURVE }, false, [
    'sign',
    'verify',
  ]);
  const agreeing = () =>
    crypto.subtle.generateKey({ name: 'ECDH', namedCurve: CURVE }, false, ['deriveBits']);
  const agreement = await agreeing();
  const raw = async (key: webcrypto.CryptoKey) => new Uint8Array(await crypto.subtle.exportKey('raw', key));
  const secret = async (own: webcrypto.CryptoKey, other: Uint8Array) => {
    const key = await crypto.subtle.importKey(
      'raw',
      new Uint8Array(other),
      { name: 'ECDH', namedCurve: CURVE },
      false,
      [],
    );
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: key }, own, 256));
  };
  return {
    signingKey: await raw(signing.publicKey),
    agreementKey: await raw(agreement.publicKey),
    sign: async (message) =>
      new Uint8Array(
        await crypto.subtle.sign(
          { name: 'ECDSA', hash: 'SHA-256' },
          signing.privateKey,
          new Uint8Array(message),
        ),
      ),
    agree: (other) => secret(agreement.privateKey, other),
    async agreeFresh(other) {
      const fresh = await agreeing();
      return { publicKey: await raw(fresh.publicKey), secret: await secret(fresh.privateKey, other) };
    },
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

/** A phone without a screen: the engine of the device over the server's own routes. */
export class Handset {
  readonly browser: Browser;
  readonly device: DeviceKey;
  readonly key: PhoneKey;
  session: PhoneSession | undefined;
  /** Requests that went to the vault. */
  readonly sent: { readonly op: HalfOp; readonly request: SignedRequest }[] = [];
  /** Instead of the server's relay, for what a scan relays. */
  via: ((op: HalfOp, request: SignedRequest) => Promise<unknown>) | undefined;

  private constructor(base: string, device: DeviceKey) {
    this.browser = new Browser(base);
    this.device = device;
    this.key = createPhoneKey({
      device,
      stretch: {
        // The cost of a real one is the device's own matter.
        cost: { memoryKib: 8, passes: 1 },
        run: async (pin, salt) => new Uint8Array(createHash('sha256').update(salt).update(pin).digest()),
      },
      store: memoryStore(),
      vault: {
        send: async (op, request) => {
          this.sent.push({ op, request });
          return (await (this.via ?? this.#relay)(op, request)) as never;
        },
      },
      random,
    });
  }

  static async make(base: string): Promise<Handset> {
    return new Handset(base, await newDevice());
  }

  readonly #relay = async (op: HalfOp, request: SignedRequest) => {
    const { status, body } = await this.browser.call<{ code?: string }>(`/api/v1/phone/halves/${op}`, {
      body: request,
    });
    if (status !== 200) throw new CodedError((body.code ?? 'UNKNOWN') as never);
    return body;
  };

  get deviceId(): string {
    return this.session!.device!.id;
  }

  /** What a device sends to be known in this session. */
  async deviceForm(name: string, change: { sessionId?: string } = {}) {
    const keys = {
      signingKey: toBase64(this.device.signingKey),
      agreementKey: toBase64(this.device.agreementKey),
    };
    const statement = phoneDeviceStatement({ sessionId: this.session!.id, ...keys, ...change });
    return { name, ...keys, proof: toBase64(await this.device.sign(utf8(statement))) };
  }

  async present(name = '测试手机'): Promise<{ status: number; code: string | undefined }> {
    const { status, body } = await this.browser.call<PhoneSession & { code?: string }>(
      '/api/v1/phone/devices',
      {
        body: await this.deviceForm(name),
      },
    );
    if (status === 200) this.session = body;
    return { status, code: body.code };
  }
}
