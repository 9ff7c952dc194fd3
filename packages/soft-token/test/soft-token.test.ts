import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromUtf8, utf8 } from '@hufu/kernel';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  addKey,
  changePin,
  closeSoftToken,
  countPinAttempt,
  createSoftToken,
  describeSoftToken,
  pinBytes,
  privateKey,
  setCertificate,
  tokenBytes,
  type UnlockedToken,
  unlockSoftToken,
} from '../src/index.ts';
import { nodeTokenCrypto as crypto, generatePkcs8 } from '../src/node/index.ts';

const PIN = '12345678';
const quick = { N: 1024, r: 8, p: 1 };
const folder = mkdtempSync(join(tmpdir(), 'hufu-soft-token-'));
afterAll(() => rmSync(folder, { recursive: true }));

const newToken = (maximumAttempts?: number): Promise<Uint8Array> =>
  createSoftToken(
    {
      label: '企业证书',
      mediaNumber: 'HF-0001',
      pin: PIN,
      cost: quick,
      ...(maximumAttempts === undefined ? {} : { maximumAttempts }),
    },
    crypto,
  );

const unlock = (bytes: Uint8Array, pin = PIN): Promise<UnlockedToken> =>
  unlockSoftToken(countPinAttempt(bytes), pin, crypto);

/** A key and a certificate for it, both made by the openssl command. */
function opensslKey(kind: 'ec' | 'rsa', name: string): { pkcs8: Uint8Array; certificate: Uint8Array } {
  const at = (file: string): string => join(folder, `${name}.${file}`);
  const make =
    kind === 'rsa'
      ? ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
      : ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const openssl = (...args: readonly string[]): unknown => execFileSync('openssl', args, { stdio: 'ignore' });
  openssl('genpkey', ...make, '-out', at('pem'));
  openssl('pkcs8', '-topk8', '-nocrypt', '-in', at('pem'), '-outform', 'DER', '-out', at('key'));
  const subject = ['-subj', '/O=Test Ltd/CN=Test Ltd', '-days', '30'];
  openssl('req', '-x509', '-new', '-key', at('pem'), ...subject, '-outform', 'DER', '-out', at('cer'));
  return {
    pkcs8: new Uint8Array(readFileSync(at('key'))),
    certificate: new Uint8Array(readFileSync(at('cer'))),
  };
}

describe('OD-38 wrong PINs', () => {
  test('ten are allowed, then the token is locked even for the right PIN', async () => {
    let bytes = await newToken();
    for (let left = 9; left >= 0; left--) {
      const attempt = countPinAttempt(bytes);
      bytes = attempt.file;
      await expect(unlockSoftToken(attempt, 'wrong-pin', crypto)).rejects.toMatchObject({
        code: left === 0 ? 'SOFT_TOKEN_PIN_LOCKED' : 'SOFT_TOKEN_PIN_INCORRECT',
        fields: { attemptsLeft: left },
      });
      expect(describeSoftToken(bytes).attemptsLeft).toBe(left);
    }
    expect(() => countPinAttempt(bytes)).toThrow(expect.objectContaining({ code: 'SOFT_TOKEN_PIN_LOCKED' }));
  });

  test('the right PIN starts the count anew', async () => {
    const attempt = countPinAttempt(await newToken(3));
    await expect(unlockSoftToken(attempt, 'wrong-pin', crypto)).rejects.toMatchObject({
      code: 'SOFT_TOKEN_PIN_INCORRECT',
    });
    const unlocked = await unlock(attempt.file);
    expect(describeSoftToken(tokenBytes(unlocked)).attemptsLeft).toBe(3);
  });

  test('a process killed while it tries a PIN has used the attempt up', async () => {
    const attempt = countPinAttempt(await newToken(3));
    expect(describeSoftToken(attempt.file).attemptsLeft).toBe(2);
  });

  test('one counted attempt serves for one try', async () => {
    const attempt = countPinAttempt(await newToken());
    await expect(unlockSoftToken(attempt, 'wrong-pin', crypto)).rejects.toMatchObject({
      code: 'SOFT_TOKEN_PIN_INCORRECT',
    });
    await expect(unlockSoftToken(attempt, PIN, crypto)).rejects.toMatchObject({
      code: 'SOFT_TOKEN_FILE_INVALID',
    });
  });

  test.each(['12345', '12345678901234567', '123456\n'])('a PIN has 6 to 16 characters: not %j', (pin) => {
    expect(() => pinBytes(pin)).toThrow(expect.objectContaining({ code: 'SOFT_TOKEN_PIN_POLICY' }));
  });

  test.each(['123456', '1234567890123456'])('a PIN has 6 to 16 characters: %j', (pin) => {
    expect(fromUtf8(pinBytes(pin))).toBe(pin);
  });

  test('full-width digits of an input method are the digits', () => {
    expect(pinBytes('１２３４５６７８')).toEqual(pinBytes('12345678'));
  });

  test('the PIN can be changed, and the old one no longer opens', async () => {
    const changed = tokenBytes(await changePin(await unlock(await newToken()), 'another-pin', crypto));
    await expect(unlock(changed)).rejects.toMatchObject({ code: 'SOFT_TOKEN_PIN_INCORRECT' });
    await expect(unlock(changed, 'another-pin')).resolves.toBeDefined();
  });
});

describe('AST-014 keys in the token', () => {
  test('a generated SM2 key comes back as it went in, and only with the PIN', async () => {
    const pkcs8 = generatePkcs8('sm2-sm3');
    const { token, keyId } = addKey(await unlock(await newToken()), { usage: 'sign', pkcs8 }, crypto);
    const bytes = tokenBytes(token);
    expect(describeSoftToken(bytes).keys).toMatchObject([{ keyId, usage: 'sign', algorithm: 'sm2-sm3' }]);
    expect(Buffer.from(bytes).includes(Buffer.from(pkcs8).toString('base64').slice(40, 60))).toBe(false);
    expect(privateKey(await unlock(bytes), keyId, crypto)).toEqual(pkcs8);
  });

  test.each([
    ['ec', 'ecdsa-p256-sha256'],
    ['rsa', 'rsa-pkcs1-sha256'],
  ] as const)('takes an %s key with its certificate', async (kind, algorithm) => {
    const key = opensslKey(kind, kind);
    const { token } = addKey(await unlock(await newToken()), { usage: 'sign', ...key }, crypto);
    expect(describeSoftToken(tokenBytes(token)).keys).toMatchObject([
      { algorithm, certificate: key.certificate },
    ]);
  });

  test('refuses a certificate of another key, at import and later', async () => {
    const mine = opensslKey('ec', 'mine');
    const other = opensslKey('ec', 'other');
    const open = await unlock(await newToken());
    const mismatch = expect.objectContaining({ code: 'SOFT_TOKEN_CERTIFICATE_MISMATCH' });
    expect(() =>
      addKey(open, { usage: 'sign', pkcs8: mine.pkcs8, certificate: other.certificate }, crypto),
    ).toThrow(mismatch);
    const { token, keyId } = addKey(open, { usage: 'sign', pkcs8: mine.pkcs8 }, crypto);
    expect(() => setCertificate(token, keyId, other.certificate)).toThrow(mismatch);
    const certified = setCertificate(token, keyId, mine.certificate);
    expect(describeSoftToken(tokenBytes(certified)).keys[0]?.certificate).toEqual(mine.certificate);
  });

  test('refuses the same key twice, a foreign kind of key and an unknown key', async () => {
    const pkcs8 = generatePkcs8('sm2-sm3');
    const { token } = addKey(await unlock(await newToken()), { usage: 'sign', pkcs8 }, crypto);
    expect(() => addKey(token, { usage: 'encrypt', pkcs8 }, crypto)).toThrow(
      expect.objectContaining({ code: 'SOFT_TOKEN_KEY_EXISTS' }),
    );
    expect(() => addKey(token, { usage: 'sign', pkcs8: utf8('not a key') }, crypto)).toThrow(
      expect.objectContaining({ code: 'SOFT_TOKEN_KEY_UNSUPPORTED' }),
    );
    expect(() => privateKey(token, 'f'.repeat(32), crypto)).toThrow(
      expect.objectContaining({ code: 'SOFT_TOKEN_KEY_UNKNOWN' }),
    );
  });

  test('a closed token gives no key', async () => {
    const { token, keyId } = addKey(
      await unlock(await newToken()),
      { usage: 'sign', pkcs8: generatePkcs8('sm2-sm3') },
      crypto,
    );
    closeSoftToken(token);
    expect(() => privateKey(token, keyId, crypto)).toThrow(
      expect.objectContaining({ code: 'SOFT_TOKEN_FILE_INVALID' }),
    );
  });
});

describe('hostile token files', () => {
  test('sealed keys cannot be swapped or change their usage', async () => {
    const one = addKey(
      await unlock(await newToken()),
      { usage: 'sign', pkcs8: generatePkcs8('sm2-sm3') },
      crypto,
    );
    const two = addKey(one.token, { usage: 'encrypt', pkcs8: generatePkcs8('sm2-sm3') }, crypto);
    const file = JSON.parse(fromUtf8(tokenBytes(two.token)));
    [file.keys[0].sealed, file.keys[1].sealed] = [file.keys[1].sealed, file.keys[0].sealed];
    const swapped = await unlock(utf8(JSON.stringify(file)));
    expect(() => privateKey(swapped, one.keyId, crypto)).toThrow(
      expect.objectContaining({ code: 'SOFT_TOKEN_FILE_INVALID' }),
    );
  });

  test('a file that would cost gigabytes to open is refused', async () => {
    const file = JSON.parse(fromUtf8(await newToken()));
    file.kdf.N = 2 ** 24;
    expect(() => countPinAttempt(utf8(JSON.stringify(file)))).toThrow(
      expect.objectContaining({ code: 'SOFT_TOKEN_FILE_INVALID' }),
    );
  });

  test('anything else is refused with the code, never with another error', async () => {
    const bytes = await newToken();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(bytes.length), (junk, at) => {
        const broken = new Uint8Array([...bytes.slice(0, at), ...junk]);
        try {
          describeSoftToken(broken);
        } catch (error) {
          expect(error).toMatchObject({ code: 'SOFT_TOKEN_FILE_INVALID' });
        }
      }),
    );
  });
});
