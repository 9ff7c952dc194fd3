import { randomBytes } from 'node:crypto';
import type { PhoneScan } from '@hufu/contracts';
import {
  derBitString,
  derGeneralizedTime,
  derIa5String,
  derInteger,
  derOctetString,
  derSequence,
  encodeSm2Spki,
  generateSm2KeyPair,
  nobleSm2,
} from '@hufu/gm';
import { CodedError, fromHex, toBase64 } from '@hufu/kernel';
import { parseAuthStatement } from '@hufu/keybridge-client';
import { buildCertificate, buildName } from '@hufu/pki';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { scanMessages } from '../../src/scan/confirm/scan-messages.ts';
import { dropScanned, keptScanned, readScanned, takeScanFromAddress } from '../../src/scan/scanned.ts';

const SITE = 'https://ca.example';
const TOKEN = 'A'.repeat(43);
const FINGERPRINT = 'ab'.repeat(32);

const code = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : String(error);
  }
};

describe('a scanned code', () => {
  const storage = new Map<string, string>();
  let shown = '';
  const openAt = (hash: string) => {
    storage.clear();
    shown = '';
    vi.stubGlobal('location', { origin: SITE, hash });
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => storage.get(name) ?? null,
      setItem: (name: string, value: string) => storage.set(name, value),
      removeItem: (name: string) => storage.delete(name),
    });
    vi.stubGlobal('history', {
      replaceState: (_state: unknown, _title: string, url: string) => (shown = url),
    });
  };
  afterEach(() => vi.unstubAllGlobals());

  test('of this installation is read, with the mark of the page’s key when there is one', () => {
    openAt('');
    expect(readScanned(`${SITE}/phone/#/scan/${TOKEN}`)).toEqual({ token: TOKEN });
    const mark = 'b'.repeat(22);
    expect(readScanned(` ${SITE}/phone/#/scan/${TOKEN}.${mark}\n`)).toEqual({
      token: TOKEN,
      pageKeySha256: mark,
    });
  });

  test('of another system, another installation, or of any other form is refused', () => {
    openAt('');
    const foreign = [
      `https://ca.example.evil/phone/#/scan/${TOKEN}`,
      `http://ca.example/phone/#/scan/${TOKEN}`,
      `${SITE}/phone/#/scan/${TOKEN}x`,
      `${SITE}/phone/#/scan/`,
      'weixin://wxpay/bizpayurl?pr=abc',
      '',
    ];
    for (const text of foreign) expect(code(() => readScanned(text))).toBe('APP_NOT_OURS');
  });

  test('opened as an address leaves the address bar and is kept for this visit', () => {
    openAt(`#/scan/${TOKEN}`);
    takeScanFromAddress();
    expect(shown).toBe('/phone/scan/confirm');
    expect(keptScanned()).toEqual({ token: TOKEN });
    dropScanned();
    expect(keptScanned()).toBeUndefined();
  });

  test('that is damaged leads to the scanner, and an address without one stays as it is', () => {
    openAt(`#/scan/${TOKEN}.short`);
    takeScanFromAddress();
    expect([shown, keptScanned()]).toEqual(['/phone/scan', undefined]);
    openAt('#main');
    takeScanFromAddress();
    expect(shown).toBe('');
  });
});

describe('what the phone signs', () => {
  const challenge: NonNullable<PhoneScan['challenge']> = {
    challengeId: '0197a000-0000-7000-8000-000000000001',
    act: 'login',
    nonce: 'abcdefghijklmnopqrstuv',
    audience: SITE,
    origin: SITE,
    issuedAt: '2026-11-21T02:00:00.000Z',
    expiresAt: '2026-11-21T02:05:00.000Z',
    summary: '登录CA互认系统',
  };
  const scan: PhoneScan = {
    id: '0197a000-0000-7000-8000-000000000002',
    purpose: 'login',
    state: 'READY',
    version: 3,
    remainingMs: 90_000,
    site: { name: 'CA互认系统', nameEn: 'Hub', origin: SITE },
    from: { address: '202.99.*.*', browser: 'Chrome' },
    entityName: null,
    code: null,
    challenge,
    documents: [],
    ciphertexts: [],
    pageKey: null,
    certificates: [],
    problem: null,
  };
  let certificate: Uint8Array;
  beforeAll(async () => {
    const random = (length: number) => new Uint8Array(randomBytes(length));
    const pair = generateSm2KeyPair(random);
    const publicKey = encodeSm2Spki(pair.publicKey);
    const name = buildName([{ oid: '2.5.4.3', text: '测试' }]);
    certificate = await buildCertificate(
      {
        serial: Uint8Array.of(7),
        issuer: name,
        subject: name,
        notBefore: Date.UTC(2026, 0, 1),
        notAfter: Date.UTC(2027, 0, 1),
        publicKey,
        extensions: [],
      },
      {
        algorithm: 'sm2-sm3',
        publicKey,
        sign: async (message) => nobleSm2(random).sign(pair.privateKey, message),
      },
    );
  });
  const signer = () => ({ fingerprint: FINGERPRINT, certificate });

  test('MOB-033 is a statement with the origin that asked, its challenge and the chosen certificate', () => {
    const [message] = scanMessages(scan, signer());
    expect(parseAuthStatement(message!)).toMatchObject({
      act: 'login',
      origin: SITE,
      nonce: challenge.nonce,
      summary: challenge.summary,
      certificateSha256: FINGERPRINT,
    });
  });

  test('is nothing when the shown site or act is not the one of the challenge', () => {
    const elsewhere = { ...scan, challenge: { ...challenge, origin: 'https://evil.example' } };
    expect(code(() => scanMessages(elsewhere, signer()))).toBe('APP_PAGE_KEY');
    expect(code(() => scanMessages({ ...scan, purpose: 'bind' }, signer()))).toBe('APP_PAGE_KEY');
  });

  test('SIGN-004 is a seal over the digest that was shown, and over no other', () => {
    const digest = '11'.repeat(32);
    const sealing = derSequence(
      derInteger(4n),
      derSequence(derOctetString(new Uint8Array(100))),
      derGeneralizedTime(Date.UTC(2026, 10, 21)),
      derBitString(fromHex(digest)),
      derIa5String('application/pdf'),
    );
    const documents = (shown: string): PhoneScan => ({
      ...scan,
      purpose: 'sign-documents',
      challenge: null,
      documents: [{ title: '承诺书', digest: shown, digestAlgorithm: 'sm3', message: toBase64(sealing) }],
    });
    expect(scanMessages(documents(digest), signer())).toEqual([sealing]);
    expect(code(() => scanMessages(documents('22'.repeat(32)), signer()))).toBe('APP_PAGE_KEY');
  });
});
