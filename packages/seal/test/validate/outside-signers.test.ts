import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { concatBytes } from '@hufu/kernel';
import { anchorFromCertificate, createTrustStore, parseCertificate } from '@hufu/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PdfUpdate } from '../../src/append/pdf-update.ts';
import { fillSlot, openSlot } from '../../src/append/signature-slot.ts';
import { openPdf, type PdfValue, pdfName, type ValidationReport } from '../../src/index.ts';
import { nodeStartDigest as start } from '../../src/node/index.ts';
import { engine } from '../support/parties.ts';
import { rawPdf } from '../support/raw-pdf.ts';
import { newField } from './support/hostile-signer.ts';
import { makeWorld, plainPdf, reasonsOf, validate, type World } from './support/world.ts';

/** Signatures made by OpenSSL, in the many forms in which programs of the field write them. */
let world: World;
let folder: string;
beforeAll(async () => {
  world = await makeWorld();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hufu-outside-signers-'));
  for (const [name, key] of [
    ['rsa', ['-newkey', 'rsa:2048']],
    ['p384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ['weak', ['-newkey', 'rsa:1024']],
  ] as const) {
    const subject = ['-subj', `/C=CN/CN=${name}`, '-days', '3000', '-sha256'];
    openssl(['req', '-x509', '-nodes', ...key, ...subject, '-keyout', `${name}.key`, '-out', `${name}.crt`]);
  }
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function openssl(args: readonly string[], input?: Uint8Array): Uint8Array {
  const options = { cwd: folder, ...(input && { input }), stdio: ['pipe', 'pipe', 'ignore'] as const };
  return new Uint8Array(
    execFileSync('openssl', [...args], { ...options, stdio: ['pipe', 'pipe', 'ignore'] }),
  );
}

type Form = {
  readonly key?: 'rsa' | 'p384' | 'weak';
  readonly subFilter?: string;
  readonly options?: readonly string[];
  readonly pdf?: Uint8Array;
  /** Changes the file before it is signed, without moving anything. */
  readonly before?: (bytes: Uint8Array) => Uint8Array;
  /** What OpenSSL is given in place of the document. */
  readonly content?: (document: Uint8Array) => Uint8Array;
};

/** A document that OpenSSL signed; `spoil` alters what is signed, afterwards. */
function signed(form: Form): Uint8Array {
  const { key = 'rsa', subFilter = 'adbe.pkcs7.detached', options = [], content } = form;
  const { pdf: base = plainPdf(), before = (bytes) => bytes } = form;
  const update = new PdfUpdate(openPdf(base));
  const signature = update.allocate();
  newField({ update, signature });
  const entries = new Map<string, PdfValue>([
    ['Type', pdfName('Sig')],
    ['Filter', pdfName('Adobe.PPKLite')],
    ['SubFilter', pdfName(subFilter)],
  ]);
  const slot = openSlot(
    update,
    { ref: signature, entries, capacity: 6000, digestAlgorithm: 'sha256' },
    start,
  );
  const { contentsAt, capacity } = slot;
  const [pdf, tail] = [before(base), before(slot.tail)];
  const behind = tail.subarray(contentsAt + 2 * capacity + 2);
  const document = concatBytes(pdf, tail.subarray(0, contentsAt), behind);
  const command = ['cms', '-sign', '-binary', '-outform', 'DER', '-nosmimecap'];
  const by = ['-signer', `${key}.crt`, '-inkey', `${key}.key`];
  return concatBytes(
    pdf,
    fillSlot({ ...slot, tail }, openssl([...command, ...by, ...options], content?.(document) ?? document)),
  );
}

/** OpenSSL takes the present moment for its own, and its certificates begin then. */
async function judged(pdf: Uint8Array): Promise<ValidationReport> {
  const { store } = world;
  return validate(world, pdf, { store, now: Date.now() + 60_000 });
}

const statusesOf = ({ signatures: [signature] }: ValidationReport) =>
  signature!.blocks
    .flatMap(({ checks }) => checks)
    .filter(({ check }) => check === 'signature-value' || check === 'message-digest')
    .map(({ status }) => status);

/** One digit of the first page's text. */
function altered(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1');
  return new Uint8Array(Buffer.from(text.replace('(Page 1)', '(Page 9)'), 'latin1'));
}

const FORMS: readonly (readonly [string, Form])[] = [
  ['RSA with SHA-256', {}],
  ['RSA with SHA-512', { options: ['-md', 'sha512'] }],
  ['RSASSA-PSS with SHA-256', { options: ['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss'] }],
  ['RSASSA-PSS with SHA-384', { options: ['-md', 'sha384', '-keyopt', 'rsa_padding_mode:pss'] }],
  ['ECDSA on P-384 with SHA-384', { key: 'p384', options: ['-md', 'sha384'] }],
  ['CAdES', { subFilter: 'ETSI.CAdES.detached', options: ['-cades'] }],
  ['without signed attributes', { options: ['-noattr'] }],
  ['the signer named by its key', { options: ['-keyid'] }],
];

describe('SIGN-006 signatures of other programs', () => {
  test.each(FORMS)('%s', async (_name, form) => {
    const pdf = signed(form);
    const report = await judged(pdf);
    expect(reasonsOf(report)).toEqual(['CERT_UNTRUSTED']);
    expect(statusesOf(report)).not.toContain('failed');
    const changed = await judged(altered(pdf));
    expect(changed.verdict.status).toBe('invalid');
    expect(changed.headline === 'INVALID_CHANGED' || reasonsOf(changed).includes('SIGNATURE_WRONG')).toBe(
      true,
    );
  });

  test('what is outdated is told as outdated, and as altered when it was altered', async () => {
    const sha1 = (document: Uint8Array) => new Uint8Array(createHash('sha1').update(document).digest());
    const outdated: readonly (readonly [string, Form])[] = [
      ['ALGORITHM_REFUSED', { options: ['-md', 'sha1'] }],
      [
        'SIG_OBSOLETE',
        { subFilter: 'adbe.pkcs7.sha1', options: ['-nodetach', '-md', 'sha1'], content: sha1 },
      ],
      [
        'SIG_OBSOLETE',
        { subFilter: 'adbe.pkcs7.sha1', options: ['-nodetach', '-stream', '-md', 'sha256'], content: sha1 },
      ],
    ];
    for (const [reason, form] of outdated) {
      const pdf = signed(form);
      const report = await judged(pdf);
      expect(report.verdict.status, reason).toBe('indeterminate');
      expect(reasonsOf(report)).toContain(reason);
      expect(statusesOf(report)).not.toContain('failed');
      const changed = await judged(altered(pdf));
      expect(changed.verdict).toMatchObject({ status: 'invalid' });
      expect(reasonsOf(changed)).toContain('DIGEST_MISMATCH');
    }
  });

  test('a signature over the whole of an encrypted document holds; what comes after it cannot be judged', async () => {
    // Our own writer leaves such files alone: the entry gets its name when everything stands where it will.
    const named = (bytes: Uint8Array) =>
      new Uint8Array(
        Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('/Encrypx', '/Encrypt'), 'latin1'),
      );
    const objects = ['<</Filter/Standard/V 2/R 3/Length 128/P -1052>>'];
    const pdf = signed({ pdf: rawPdf({ trailer: '/Encrypx 100 0 R', objects }), before: named });
    const report = await judged(pdf);
    expect(openPdf(pdf).encrypted).toBe(true);
    expect(reasonsOf(report)).toEqual(['CERT_UNTRUSTED']);
    expect(report.signatures[0]).toMatchObject({ coverage: { wholeFile: true } });
    expect(reasonsOf(await judged(altered(pdf)))).toContain('DIGEST_MISMATCH');
    const at = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(Buffer.from(pdf).toString('latin1'))![1]!;
    const later = `7 0 obj\n1\nendobj\nxref\n7 1\n${String(pdf.length).padStart(10, '0')} 00000 n \ntrailer\n<</Root 1 0 R/Size 500/Prev ${at}>>\nstartxref\n${pdf.length + 17}\n%%EOF\n`;
    const updated = await judged(concatBytes(pdf, new Uint8Array(Buffer.from(later, 'latin1'))));
    expect(reasonsOf(updated)).toEqual(['CERT_UNTRUSTED', 'DOCUMENT_ENCRYPTED']);
    expect(updated.verdict.status).toBe('indeterminate');
  });

  test('a certificate that was handed over is trusted itself, within its dates and if its key is long enough', async () => {
    const judgedBy = (pdf: Uint8Array, file: string, now = Date.now() + 60_000) => {
      const anchors = [anchorFromCertificate(parseCertificate(pem(file)))];
      const store = createTrustStore({ engine, anchors, intermediates: [] });
      return validate(world, pdf, { store, now });
    };
    const pdf = signed({});
    expect((await judgedBy(pdf, 'rsa.crt')).verdict).toEqual({ status: 'valid' });
    expect(reasonsOf(await judgedBy(pdf, 'p384.crt'))).toEqual(['CERT_UNTRUSTED']);
    const late = await judgedBy(pdf, 'rsa.crt', Date.now() + 4000 * 86_400_000);
    expect(reasonsOf(late)).toEqual(['CERT_EXPIRED_NO_PROOF']);
    const weak = await judgedBy(signed({ key: 'weak' }), 'weak.crt');
    expect(weak.verdict).toEqual({ status: 'indeterminate', reasons: ['ALGORITHM_REFUSED'] });
    expect(statusesOf(weak)).toEqual(['passed', 'passed']);
  });
});

function pem(file: string): Uint8Array {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  return new Uint8Array(Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64'));
}
