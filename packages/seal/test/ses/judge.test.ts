import { derInteger, derOctetString } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { digest, type RevocationVerdict } from '@hufu/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  judgeSeal,
  judgeSesSignature,
  parseSeal,
  parseSesSignature,
  SES_REASONS,
  SES_STEPS,
  type SealStatus,
  type SesSignature,
  type SesTools,
} from '../../src/index.ts';
import { encodeSeal, encodeSesSignature, encodeToSign } from '../../src/ses/encode.ts';
import { codeOf } from '../support/codes.ts';
import { FOR_SIGNATURES, NOW, newParty, newTimeStamper } from '../support/parties.ts';
import {
  DAY,
  judgeBy,
  listing,
  newWorld,
  objections,
  sealOf,
  signWith,
  told,
  toolsOf,
  type World,
} from './support.ts';

const document = new TextEncoder().encode('中标通知书');
const dataHash = digest('sm3', document);
const documentDigest = () => dataHash;

let world: World;
let sealed: Uint8Array;
beforeAll(async () => {
  world = await newWorld();
  sealed = await signWith({ world, seal: await sealOf(world), dataHash });
});

async function judge(der: Uint8Array, changes: { now?: number; tools?: SesTools; changed?: boolean } = {}) {
  const question = {
    now: changes.now ?? NOW + DAY,
    documentDigest: changes.changed === true ? () => digest('sm3', der) : documentDigest,
  };
  return judgeSesSignature(parseSesSignature(der), question, changes.tools ?? world.tools);
}

/** Puts other values into a signature without signing anew. */
function forged(change: (signature: SesSignature) => SesSignature): Uint8Array {
  const changed = change(parseSesSignature(sealed));
  return encodeSesSignature(changed, encodeToSign(changed));
}

describe('the steps of the standard', () => {
  test('GB/T 38540-2020: all steps are taken and told in their order', async () => {
    const judged = await judge(sealed);
    expect(told(judged.findings)).toEqual([
      'signature-value=ok',
      'signer-listed=ok',
      'seal-signature=ok',
      'maker-certificate=ok',
      'seal-dates=ok',
      'seal-extensions=ok',
      'signing-time=ok',
      'signer-certificate=ok',
      'document-hash=ok',
    ]);
    expect(judged.verdict).toEqual({ status: 'valid' });
    expect(new Set(SES_STEPS).size).toBe(SES_STEPS.length);
  });

  test('a changed document is told as that, and nothing else is blamed', async () => {
    const judged = await judge(sealed, { changed: true });
    expect(judged.verdict).toEqual({ status: 'invalid', reason: 'DOCUMENT_CHANGED' });
    expect(objections(judged.findings)).toEqual(['document-hash!DOCUMENT_CHANGED']);
  });

  test('SIGN-010 a certificate that the seal does not list cannot use it', async () => {
    const thief = await newParty('sm2', { text: '他人', issuer: world.root, extensions: FOR_SIGNATURES });
    const judged = await judge(await signWith({ world, seal: await sealOf(world), dataHash, signer: thief }));
    expect(objections(judged.findings)).toEqual(['signer-listed!SIGNER_NOT_IN_SEAL']);
  });

  test('GB/T 38540-2020: a list of digests names the certificate as well as the certificate does', async () => {
    const listed = (name: 'SM3' | 'SHA-256', algorithm: 'sm3' | 'sha256') => ({
      signers: {
        kind: 'digests' as const,
        digests: [{ type: name, value: digest(algorithm, world.holder.certificate.der) }],
      },
    });
    for (const list of [listed('SM3', 'sm3'), listed('SHA-256', 'sha256')]) {
      const judged = await judge(await signWith({ world, seal: await sealOf(world, list), dataHash }));
      expect(judged.verdict).toEqual({ status: 'valid' });
    }
    const wrong = await judge(
      await signWith({ world, seal: await sealOf(world, listed('SM3', 'sha256')), dataHash }),
    );
    expect(wrong.verdict).toEqual({ status: 'invalid', reason: 'SIGNER_NOT_IN_SEAL' });
  });

  test('a seal whose dates were stretched is refused by its maker’s signature', async () => {
    const stretched = forged((signature) => {
      const { info } = signature.seal;
      const property = { ...info.property, validTo: info.property.validTo + 365 * DAY };
      return { ...signature, seal: { ...signature.seal, info: { ...info, property } } };
    });
    const judged = await judge(stretched);
    expect(objections(judged.findings)).toEqual([
      'signature-value!SIGNATURE_WRONG',
      'seal-signature!SEAL_SIGNATURE_WRONG',
    ]);
  });

  test.each([
    ['SEAL_NOT_YET_VALID', { validFrom: NOW + DAY, validTo: NOW + 2 * DAY }],
    ['SEAL_EXPIRED', { validFrom: NOW - 3 * DAY, validTo: NOW - DAY }],
  ] as const)('GB/T 38540-2020: %s at the time of signing', async (reason, dates) => {
    const judged = await judge(await signWith({ world, seal: await sealOf(world, dates), dataHash }), {
      now: NOW + 2 * DAY,
    });
    expect(objections(judged.findings)).toEqual([`seal-dates!${reason}`]);
  });

  test('a seal that has expired since still stands where it was set in time', async () => {
    const seal = await sealOf(world, { validTo: NOW + 60_000 });
    const judged = await judge(await signWith({ world, seal, dataHash }), { now: NOW + 90 * DAY });
    expect(judged.verdict).toEqual({ status: 'valid' });
  });

  test('a signature of tomorrow is refused, one of a clock that is a little fast is not', async () => {
    const ahead = (ms: number) =>
      sealOf(world).then((seal) => signWith({ world, seal, dataHash, signedAt: NOW + ms }));
    expect((await judge(await ahead(DAY), { now: NOW })).verdict).toEqual({
      status: 'invalid',
      reason: 'SIGNED_IN_FUTURE',
    });
    expect((await judge(await ahead(60_000), { now: NOW })).verdict).toEqual({ status: 'valid' });
  });

  test('the stated algorithm has to be that of the key', async () => {
    const other = forged((signature) => ({ ...signature, signatureOid: '1.2.840.10045.4.3.2' }));
    expect(objections((await judge(other)).findings)).toContain('signature-value!SIGNATURE_ALGORITHM');
  });

  test('bytes that are no certificate are told as that', async () => {
    const blank = derOctetString(Uint8Array.of(1));
    const broken = forged((signature) => ({
      ...signature,
      signerCertificate: blank,
      seal: { ...signature.seal, makerCertificate: blank },
    }));
    const told = objections((await judge(broken)).findings);
    expect(told).toContain('signature-value!SIGNER_CERTIFICATE_MALFORMED');
    expect(told).toContain('maker-certificate!MAKER_CERTIFICATE_MALFORMED');
  });
});

describe('certificates and revocation', () => {
  const revoked = (
    time: number,
    reason: 'keyCompromise' | 'superseded' = 'keyCompromise',
  ): RevocationVerdict => ({
    status: 'revoked',
    source: 'crl',
    reason,
    time,
    evidence: [],
  });

  const under = (revocation: RevocationVerdict | undefined) =>
    judge(sealed, { tools: toolsOf(judgeBy([world.root], revocation)) });

  test('a certificate that was revoked before makes the seal invalid', async () => {
    const judged = await under(revoked(NOW - 60 * DAY));
    expect(objections(judged.findings)).toEqual([
      'maker-certificate!MAKER_CERTIFICATE_REVOKED',
      'signer-certificate!SIGNER_CERTIFICATE_REVOKED',
    ]);
  });

  test('ETSI EN 319 102-1: a compromise after a merely stated time leaves the verdict open', async () => {
    const judged = await under(revoked(NOW + 3600_000));
    expect(judged.verdict.status).toBe('indeterminate');
    expect(objections(judged.findings)).toContain('signer-certificate?SIGNER_CERTIFICATE_REVOKED_LATER');
  });

  test('RFC 5280 §5.3.1: a certificate that was merely replaced later does not', async () => {
    expect((await under(revoked(NOW + 3600_000, 'superseded'))).verdict).toEqual({ status: 'valid' });
  });

  test('an unknown status is told as unknown, and as unknown when nobody was asked', async () => {
    const unknown = { status: 'unknown', reason: 'unreachable', evidence: [] } as const;
    expect((await under(unknown)).verdict).toEqual({
      status: 'indeterminate',
      reason: 'MAKER_REVOCATION_UNKNOWN',
    });
    const judged = await judge(sealed, {
      tools: {
        ...world.tools,
        judge: async (question) => {
          const { path } = await world.tools.judge(question);
          return { path, revocation: undefined };
        },
      },
    });
    expect(judged.verdict).toEqual({ status: 'indeterminate', reason: 'MAKER_REVOCATION_UNKNOWN' });
  });

  test('a foreign root makes both certificates strangers', async () => {
    const other = await newWorld();
    const judged = await judge(sealed, { tools: other.tools });
    expect(objections(judged.findings)).toEqual([
      'maker-certificate?MAKER_CERTIFICATE_UNTRUSTED',
      'signer-certificate?SIGNER_CERTIFICATE_UNTRUSTED',
    ]);
  });

  test('a maker whose certificate begins after the seal was used cannot have made it', async () => {
    const seal = parseSeal(await sealOf(world));
    const judged = await judgeSeal(seal, { at: world.maker.certificate.notBefore - DAY }, world.tools);
    expect(objections(judged.findings)).toEqual([
      'maker-certificate!MAKER_CERTIFICATE_OUT_OF_DATE',
      'seal-dates!SEAL_NOT_YET_VALID',
    ]);
  });

  test('a seal that states a time before its maker’s certificate is judged from that certificate’s first day', async () => {
    const createdAt = world.maker.certificate.notBefore - 5 * DAY;
    const seal = parseSeal(await sealOf(world, { createdAt }));
    expect((await judgeSeal(seal, { at: NOW }, world.tools)).verdict).toEqual({ status: 'valid' });
  });
});

describe('B.2 the register of seals', () => {
  const under = (status: SealStatus | undefined) =>
    judge(sealed, { tools: { ...world.tools, sealStatus: async () => status } });

  test.each([
    ['good', { status: 'good' }, []],
    ['unknown', { status: 'unknown' }, ['seal-status?SEAL_STATUS_UNKNOWN']],
    ['revoked before', { status: 'revoked', since: NOW - 1000 }, ['seal-status!SEAL_REVOKED']],
    [
      'revoked after a stated time',
      { status: 'revoked', since: NOW + 1000 },
      ['seal-status?SEAL_REVOKED_LATER'],
    ],
    ['replaced before', { status: 'replaced', since: NOW - 1000 }, ['seal-status!SEAL_REPLACED']],
    ['replaced after', { status: 'replaced', since: NOW + 1000 }, []],
    ['frozen', { status: 'frozen', since: NOW - 1000 }, ['seal-status?SEAL_FROZEN']],
    ['frozen after a stated time', { status: 'frozen', since: NOW + 1000 }, ['seal-status?SEAL_FROZEN']],
  ] as const)('a seal that is %s', async (_what, status, expected) => {
    expect(objections((await under(status)).findings)).toEqual(expected);
  });

  test('a register that does not know the seal says nothing', async () => {
    expect(told((await under(undefined)).findings).some((text) => text.startsWith('seal-status'))).toBe(
      false,
    );
  });

  test('a proven time stands before a later revocation', async () => {
    const stamper = await newTimeStamper('sm2');
    const der = await signWith({ world, seal: await sealOf(world), dataHash, stamp: stamper.over });
    const sealStatus = async () => ({ status: 'revoked', since: NOW + DAY / 2 }) as const;
    const tools = { ...toolsOf(judgeBy([world.root, stamper.root])), sealStatus };
    expect((await judge(der, { tools })).verdict).toEqual({ status: 'valid' });
  });
});

describe('time stamps', () => {
  test('GB/T 38540-2020 timeStamp: a valid one proves the time against a later revocation', async () => {
    const stamper = await newTimeStamper('sm2');
    const der = await signWith({ world, seal: await sealOf(world), dataHash, stamp: stamper.over });
    const trust = judgeBy([world.root, stamper.root]);
    const judged = await judge(der, { tools: toolsOf(trust) });
    expect(judged.time).toEqual({ at: NOW + 1000, source: 'time-stamp' });
    expect(judged.verdict).toEqual({ status: 'valid' });
    const later: RevocationVerdict = {
      status: 'revoked',
      source: 'crl',
      reason: 'keyCompromise',
      time: NOW + DAY / 2,
      evidence: [],
    };
    const signerRevoked = toolsOf(async (question) =>
      question.role === 'signer' ? { ...(await trust(question)), revocation: later } : trust(question),
    );
    expect((await judge(der, { tools: signerRevoked })).verdict).toEqual({ status: 'valid' });
  });

  test('one over another signature, one of a stranger and one that is none leave the verdict open', async () => {
    const stamper = await newTimeStamper('sm2');
    const seal = await sealOf(world);
    const trusting = toolsOf(judgeBy([world.root, stamper.root]));
    const elsewhere = await signWith({ world, seal, dataHash, stamp: () => stamper.over(document) });
    expect((await judge(elsewhere, { tools: trusting })).verdict).toEqual({
      status: 'indeterminate',
      reason: 'TIME_STAMP_WRONG',
    });
    const stranger = await signWith({ world, seal, dataHash, stamp: stamper.over });
    expect((await judge(stranger)).verdict).toEqual({
      status: 'indeterminate',
      reason: 'TIME_STAMP_UNTRUSTED',
    });
    const none = await signWith({ world, seal, dataHash, stamp: async () => Uint8Array.of(0x30, 0) });
    expect((await judge(none)).verdict).toEqual({ status: 'indeterminate', reason: 'TIME_STAMP_MALFORMED' });
  });

  test('a signature that says it was made after its time stamp contradicts itself', async () => {
    const stamper = await newTimeStamper('sm2');
    const seal = await sealOf(world);
    const der = await signWith({ world, seal, dataHash, signedAt: NOW + DAY, stamp: stamper.over });
    const judged = await judge(der, {
      now: NOW + 2 * DAY,
      tools: toolsOf(judgeBy([world.root, stamper.root])),
    });
    expect(objections(judged.findings)).toEqual(['signing-time?SIGNING_TIME_CONTRADICTS']);
  });
});

describe('forgeries', () => {
  const flip = (der: Uint8Array, bit: number): Uint8Array => {
    const copy = der.slice();
    copy[bit >> 3]! ^= 1 << (bit & 7);
    return copy;
  };

  /** `valid`, another verdict, or the code that the bytes are refused with. */
  const outcome = async (
    run: () => Promise<{ readonly verdict: { readonly status: string } }>,
  ): Promise<string> => {
    try {
      return (await run()).verdict.status;
    } catch (error) {
      if (error instanceof CodedError) return error.code;
      throw error;
    }
  };

  test('OD-36 a seal in which any single bit was flipped is not valid', async () => {
    const der = await sealOf(world);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 8 * der.length - 1 }), async (bit) => {
        const told = await outcome(async () =>
          judgeSeal(parseSeal(flip(der, bit)), { at: NOW }, world.tools),
        );
        expect(told).not.toBe('valid');
      }),
      { numRuns: 120 },
    );
  });

  test('OD-36 a seal signature in which any single bit was flipped is not valid', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 8 * sealed.length - 1 }), async (bit) => {
        expect(await outcome(() => judge(flip(sealed, bit)))).not.toBe('valid');
      }),
      { numRuns: 120 },
    );
  });

  test('hostile DER: whatever is cut, overwritten or invented is refused with a code', async () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(sealed.length), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, patch]) => {
        const copy = sealed.slice();
        copy.set(patch.subarray(0, copy.length - at), at);
        return copy;
      }),
      fc.nat(sealed.length - 1).map((length) => sealed.subarray(0, length)),
    );
    await fc.assert(
      fc.asyncProperty(any, async (der) => {
        for (const read of [parseSeal, parseSesSignature]) {
          expect(await codeOf(() => read(der))).toMatch(/^(?:accepted|DER_\w+|SES_(?:MALFORMED|VERSION))$/);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('bytes behind the seal, a second header version and a list of an unknown type are refused', async () => {
    const der = await sealOf(world);
    expect(await codeOf(() => parseSeal(new Uint8Array([...der, 0])))).toBe('DER_TRAILING');
    const seal = parseSeal(der);
    const versioned = encodeSeal({ ...seal, info: { ...seal.info, headerVersion: 3 } });
    expect(await codeOf(() => parseSeal(versioned))).toBe('SES_VERSION');
    const at = der.findIndex(
      (_, i) => der[i] === 0x02 && der[i + 2] === 0x01 && der[i + 3] === 0x30 && i > 40,
    );
    const typed = der.slice();
    typed.set(derInteger(3), at);
    expect(await codeOf(() => parseSeal(typed))).toBe('SES_MALFORMED');
  });

  test('a seal of 2014 inside of a signature of 2020 is refused', async () => {
    const { sample } = await import('./support.ts');
    const old = parseSeal(sample('UserV1.esl'));
    const mixed = forged((signature) => ({ ...signature, seal: { ...old, info: old.info } }));
    expect(await codeOf(() => parseSesSignature(mixed))).toBe('SES_VERSION');
  });

  test('the whole list of certificates of somebody else’s seal does not help', async () => {
    const other = await newWorld();
    const seal = await sealOf(other, { signers: listing(world.holder) });
    const judged = await judge(await signWith({ world, seal, dataHash }));
    expect(objections(judged.findings)).toEqual(['maker-certificate?MAKER_CERTIFICATE_UNTRUSTED']);
  });
});

test('SIGN-003 every reason has a sentence in both languages', () => {
  for (const { zh, en } of Object.values(SES_REASONS)) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[A-Z]/);
  }
});
