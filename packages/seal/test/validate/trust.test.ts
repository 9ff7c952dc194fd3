import {
  anchorFromCertificate,
  createTrustStore,
  EXTENDED_KEY_USAGE_OID,
  extendedKeyUsage,
  parseCrl,
} from '@hufu/pki';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildSeal, type TrustByRole } from '../../src/index.ts';
import { engine, FOR_SIGNATURES, NOW, newHolder, newParty, type Party } from '../support/parties.ts';
import { ringPng } from '../support/pictures.ts';
import { newField, signAnyway } from './support/hostile-signer.ts';
import {
  addEvidence,
  crlOf,
  type Holder,
  makeWorld,
  plainPdf,
  reasonsOf,
  sign,
  stampDocument,
  update,
  validate,
  type World,
} from './support/world.ts';

let world: World;
let plain: Uint8Array;
let stamped: Uint8Array;
beforeAll(async () => {
  world = await makeWorld();
  plain = await sign(world, plainPdf());
  stamped = await sign(world, plainPdf(), { stamped: true });
});

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const LATER = NOW + 2 * YEAR;

/** A list that revokes the signer, made the day after. */
const revoking = async (at: number, reason?: 'keyCompromise' | 'superseded') => {
  const { certificate } = world.holder;
  const list = await crlOf(world.holder, [{ certificate, at, ...(reason && { reason }) }], {
    thisUpdate: at + 1000,
    nextUpdate: at + 30 * DAY,
  });
  return [parseCrl(list), ...(await stampLists())];
};

/** Lists of the time-stamp authority that are fresh for weeks. */
const stampLists = async () => {
  const { stamper } = world;
  const made = { thisUpdate: NOW, nextUpdate: NOW + 30 * DAY };
  return [parseCrl(await crlOf({ ...stamper, signer: stamper.root.signer }, [], made))];
};

describe('EN 319 102-1 certificate and revocation', () => {
  test('no list: open, and the reason names revocation', async () => {
    const report = await validate(world, plain, { crls: [] });
    expect(report.verdict).toEqual({ status: 'indeterminate', reasons: ['REVOCATION_UNKNOWN'] });
    expect(report.headline).toBe('INDETERMINATE');
  });

  test('a list in the document will do', async () => {
    expect((await validate(world, addEvidence(world, plain), { crls: [] })).verdict.status).toBe('valid');
  });

  test('an anchor that nobody trusts: open', async () => {
    const store = createTrustStore({
      engine,
      anchors: [anchorFromCertificate(world.stranger.root.certificate)],
      intermediates: [],
    });
    expect((await validate(world, plain, { store })).verdict).toEqual({
      status: 'indeterminate',
      reasons: ['CERT_UNTRUSTED'],
    });
  });

  test('revoked before the claimed time: invalid', async () => {
    const report = await validate(world, plain, { crls: await revoking(NOW - DAY, 'keyCompromise') });
    expect(report.verdict).toEqual({ status: 'invalid', reasons: ['CERT_REVOKED'] });
  });

  test('revoked after the claimed time: open, unless a time stamp proves the time', async () => {
    const options = { now: NOW + 2 * DAY, crls: await revoking(NOW + DAY, 'keyCompromise') };
    const open = await validate(world, plain, options);
    expect(open.verdict).toEqual({ status: 'indeterminate', reasons: ['CERT_REVOKED_NO_PROOF'] });
    const extended = addEvidence(world, stamped);
    const proven = await validate(world, extended, options);
    expect(reasonsOf(proven)).toEqual([]);
    expect(proven.signatures[0]!.time.proven?.at).toBe(NOW + 1000);
  });

  test('revoked after the claimed time because it was superseded: valid', async () => {
    const options = { now: NOW + 2 * DAY, crls: await revoking(NOW + DAY, 'superseded') };
    expect((await validate(world, plain, options)).verdict.status).toBe('valid');
  });

  test('expired since: open without a proven time', async () => {
    const report = await validate(world, plain, { now: LATER });
    expect(report.verdict).toEqual({ status: 'indeterminate', reasons: ['CERT_EXPIRED_NO_PROOF'] });
  });

  test('signed after its certificate had expired, by its own word: invalid', async () => {
    const late = await sign(world, plainPdf(), { at: LATER });
    const report = await validate(world, late, { now: LATER + 1000 });
    expect(report.verdict).toEqual({ status: 'invalid', reasons: ['CERT_OUT_OF_DATE'] });
  });

  test('a claimed time in the future: open', async () => {
    const early = await sign(world, plainPdf(), { at: NOW + DAY });
    expect(reasonsOf(await validate(world, early))).toContain('TIME_IN_FUTURE');
  });

  test('a certificate that is not for signatures: invalid', async () => {
    const { holder } = world;
    const encryption = await newParty('p256', {
      text: '加密证书',
      issuer: holder.root,
      extensions: [{ oid: '2.5.29.15', critical: true, value: Uint8Array.of(3, 2, 5, 0x20) }],
    });
    const who = { ...encryption, root: holder.root };
    const pdf = await signAnyway({ ...world, holder: who }, plainPdf(), { place: newField });
    expect(reasonsOf(await validate(world, pdf))).toContain('CERT_PURPOSE');
  });
});

describe('RFC 5280 §4.2.1.12 trust for one thing is no trust for another', () => {
  const storeOf = (...parties: readonly Party[]) =>
    createTrustStore({
      engine,
      anchors: parties.map(({ certificate }) => anchorFromCertificate(certificate)),
      intermediates: [],
    });
  const trusting = (by: Partial<Record<keyof TrustByRole, readonly Party[]>>): TrustByRole => ({
    signer: storeOf(...(by.signer ?? [])),
    maker: storeOf(...(by.maker ?? [])),
    'time-stamp': storeOf(...(by['time-stamp'] ?? [])),
  });

  test('each root for its own: valid, with the time proven', async () => {
    const { holder, stamper } = world;
    const store = trusting({ signer: [holder.root], 'time-stamp': [stamper.root] });
    const report = await validate(world, stamped, { store });
    expect(report.verdict.status).toBe('valid');
    expect(report.signatures[0]!.time.proven?.at).toBe(NOW + 1000);
  });

  test('a root for time stamps, or for makers of seals, vouches for no signer', async () => {
    const { root } = world.holder;
    const report = await validate(world, plain, {
      store: trusting({ maker: [root], 'time-stamp': [root, world.stamper.root] }),
    });
    expect(report.verdict).toEqual({ status: 'indeterminate', reasons: ['CERT_UNTRUSTED'] });
  });

  test('a root for signers vouches for no time stamp', async () => {
    const store = trusting({ signer: [world.holder.root, world.stamper.root] });
    const [signature] = (await validate(world, stamped, { store })).signatures;
    expect(signature!.time.proven).toBeUndefined();
    expect(signature!.blocks.flatMap(({ checks }) => checks.flatMap(({ reason }) => reason ?? []))).toContain(
      'STAMP_UNTRUSTED',
    );
  });

  test('a certificate that is for time stamps alone signs no document, whoever vouches for it', async () => {
    const { holder } = world;
    const service = await newParty('p256', {
      text: '时间戳服务',
      issuer: holder.root,
      extensions: [
        ...FOR_SIGNATURES,
        extendedKeyUsage([EXTENDED_KEY_USAGE_OID.timeStamping], { critical: true }),
      ],
    });
    const pdf = await sign(world, plainPdf(), { who: { ...service, root: holder.root } });
    expect(reasonsOf(await validate(world, pdf))).toContain('CERT_PURPOSE');
  });
});

describe('EN 319 102-1 §5.6 validation with time stamps', () => {
  test('a time stamp whose authority nobody trusts proves nothing, and harms nothing', async () => {
    const store = createTrustStore({
      engine,
      anchors: [anchorFromCertificate(world.holder.root.certificate)],
      intermediates: [],
    });
    const report = await validate(world, stamped, { store });
    expect(report.verdict.status).toBe('valid');
    expect(report.signatures[0]!.time.proven).toBeUndefined();
    const notes = report.signatures[0]!.blocks.flatMap(({ checks }) =>
      checks.flatMap(({ reason }) => reason ?? []),
    );
    expect(notes).toContain('STAMP_UNTRUSTED');
  });

  test('a time stamp of other data, or one that is none: open', async () => {
    const other = await world.stamper.stamp('sha256', new Uint8Array(32));
    for (const [timeStampToken, reason] of [
      [other, 'STAMP_WRONG'],
      [Uint8Array.of(0x30, 0), 'STAMP_MALFORMED'],
    ] as const) {
      const pdf = await signAnyway(world, plainPdf(), { place: newField, timeStampToken });
      expect((await validate(world, pdf)).verdict).toEqual({ status: 'indeterminate', reasons: [reason] });
    }
  });

  test('years later: the stamp on the signature, evidence and a document time stamp carry it', async () => {
    const pdf = await stampDocument(world, addEvidence(world, stamped));
    const soon = await validate(world, pdf, { crls: await stampLists(), now: NOW + 10 * DAY });
    expect(soon.signatures[0]!.verdict).toEqual({ status: 'valid' });
    expect(soon.signatures[0]!.level).toBe('B-LTA');
    const late = await validate(world, pdf, { crls: [], now: LATER });
    expect(late.verdict.status).toBe('indeterminate');
  });

  test('a document time stamp over other bytes is invalid', async () => {
    const pdf = await stampDocument(world, plain);
    const changed = pdf.slice();
    changed[Buffer.from(pdf).indexOf('(Page 1)') + 1]! ^= 1;
    const report = await validate(world, changed);
    expect(report.signatures.map(({ kind, verdict }) => [kind, verdict.status])).toEqual([
      ['signature', 'invalid'],
      ['time-stamp', 'invalid'],
    ]);
    expect(reasonsOf(report)).toContain('DIGEST_MISMATCH');
  });
});

describe('GB/T 38540 seal in a PDF', () => {
  const sealed = async (end: number) => {
    const maker = await newHolder('sm2');
    const holder = await newHolder('sm2');
    const electronicSeal = await buildSeal(
      {
        vendor: 'HUFU',
        id: '15000000000001',
        property: {
          type: 1,
          name: '内蒙古测试建设有限公司',
          signers: { kind: 'certificates', certificates: [holder.certificate.der] },
          createdAt: NOW - DAY,
          validFrom: NOW - DAY,
          validTo: end,
        },
        picture: { type: 'PNG', data: ringPng(), width: 40, height: 40 },
        makerCertificate: maker.certificate.der,
      },
      maker.signer,
    );
    const pdf = await sign(world, plainPdf(), { who: holder, electronicSeal });
    const storeOf = (...of: readonly Holder[]) =>
      createTrustStore({
        engine,
        anchors: of.map(({ root }) => anchorFromCertificate(root.certificate)),
        intermediates: [],
      });
    const store = { signer: storeOf(holder), maker: storeOf(maker), 'time-stamp': storeOf() };
    const swapped = { ...store, signer: storeOf(holder, maker), maker: storeOf(holder) };
    const crls = [parseCrl(await crlOf(maker)), parseCrl(await crlOf(holder))];
    return { pdf, store, swapped, crls };
  };

  test('is judged by all its steps, and later changes count for it too', async () => {
    const { pdf, store, crls } = await sealed(NOW + DAY);
    const report = await validate(world, pdf, { store, crls });
    expect(reasonsOf(report)).toEqual([]);
    expect(report.signatures[0]).toMatchObject({ kind: 'seal', verdict: { status: 'valid' } });
    const edited = update(pdf, (made) => made.set({ kind: 'ref', num: 11, gen: 0 }, null));
    expect(reasonsOf(await validate(world, edited, { store, crls }))).toContain('PAGE_CONTENT_CHANGED');
  });

  test('a maker whose root is trusted for signers alone is not trusted', async () => {
    const { pdf, swapped, crls } = await sealed(NOW + DAY);
    const report = await validate(world, pdf, { store: swapped, crls });
    expect(report.verdict.status).toBe('indeterminate');
    expect(reasonsOf(report)).toContain('SEAL_OPEN');
  });

  test('a seal that had run out when it was used is not valid', async () => {
    const { pdf, store, crls } = await sealed(NOW - 1000);
    const report = await validate(world, pdf, { store, crls });
    expect(report.verdict.status).toBe('invalid');
    expect(reasonsOf(report)).toContain('SEAL_INVALID');
  });

  test('one bit of the document', async () => {
    const { pdf, store, crls } = await sealed(NOW + DAY);
    pdf[Buffer.from(pdf).indexOf('(Page 1)') + 1]! ^= 1;
    expect(reasonsOf(await validate(world, pdf, { store, crls }))).toContain('DIGEST_MISMATCH');
  });
});
