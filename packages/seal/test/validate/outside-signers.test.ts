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
  /** What OpenSSL is given in place of the document. */
  readonly content?: (document: Uint8Array) => Uint8Array;
};

/** A document that OpenSSL signed; `spoil` alters what is signed, afterwards. */
function signed({ key = 'rsa', subFilter = 'adbe.pkcs7.detached', options = [], content }: Form): Uint8Array {
  const pdf = plainPdf();
  const update = new PdfUpdate(openPdf(pdf));
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
  const { tail, contentsAt, capacity } = slot;
  const behind = tail.subarray(contentsAt + 2 * capacity + 2);
  const document = concatBytes(pdf, tail.subarray(0, contentsAt), behind);
  const command = ['cms', '-sign', '-binary', '-outform', 'DER', '-nosmimecap'];
  const by = ['-signer', `${key}.crt`, '-inkey', `${key}.key`];
  return concatBytes(
    pdf,
    fillSlot(slot, openssl([...command, ...by, ...options], content?.(document) ?? document)),
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

  test('a key that is too short is refused, and its signature not called wrong', async () => {
    const certificate = parseCertificate(pem('weak.crt'));
    const store = createTrustStore({
      engine,
      anchors: [anchorFromCertificate(certificate)],
      intermediates: [],
    });
    const report = await validate(world, signed({ key: 'weak' }), { store, now: Date.now() + 60_000 });
    expect(report.verdict.status).toBe('indeterminate');
    expect(statusesOf(report)).toEqual(['passed', 'passed']);
  });
});

function pem(file: string): Uint8Array {
  const text = fs.readFileSync(path.join(folder, file), 'utf8');
  return new Uint8Array(Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64'));
}
