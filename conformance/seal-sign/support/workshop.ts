import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromPem } from '@hufu/kernel';
import {
  buildTimeStampRequest,
  type Certificate,
  type DigestAlgorithm,
  parseCertificate,
  parseTimeStampResponse,
  type Signer,
} from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';

export type KeyChoice = 'rsa' | 'p256' | 'sm2';

export type Holder = {
  readonly certificate: Certificate;
  readonly root: Certificate;
  readonly signer: Signer;
};

/** What a program said, and whether it was content. */
export type Said = { readonly ok: boolean; readonly text: string };

/** A folder with outside programs in it: OpenSSL issues the certificates and makes the time-stamps. */
export type Workshop = {
  file(name: string): string;
  write(name: string, content: Uint8Array | string): Promise<string>;
  read(name: string): Promise<Uint8Array>;
  run(program: string, ...args: readonly string[]): Promise<Said>;
  holder(kind: KeyChoice): Promise<Holder>;
  /** A token by `openssl ts`. */
  stamp(digest: DigestAlgorithm, hash: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
};

const EXTENSIONS = `
[ signer ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ tsa ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
`;

const TSA = `
[ tsa ]
default_tsa = main
[ main ]
serial = serial
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha256, sha384, sha512, sm3
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
crypto_device = builtin
`;

const NEW_KEY: Readonly<Record<KeyChoice, readonly string[]>> = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:named_curve'],
  sm2: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-pkeyopt', 'ec_param_enc:named_curve'],
};

/** GM certificates are signed with the default ID (GB/T 35276 §10). */
const distid = (kind: KeyChoice): readonly string[] =>
  kind === 'sm2' ? ['-sm3', '-sigopt', 'distid:1234567812345678'] : ['-sha256'];

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-seal-sign-'));
  const file = (name: string): string => path.join(folder, name);
  const run = (program: string, ...args: readonly string[]): Promise<Said> =>
    new Promise((resolve) => {
      const options = { cwd: folder, timeout: 60_000, maxBuffer: 64 << 20 };
      execFile(program, args, options, (error, stdout, stderr) => {
        resolve({ ok: error === null, text: stdout + stderr });
      });
    });
  const must = async (...args: readonly string[]): Promise<void> => {
    const { ok, text } = await run('openssl', ...args);
    if (!ok) throw new Error(`openssl ${args[0]}: ${text}`);
  };
  const certificateIn = async (name: string): Promise<Certificate> =>
    parseCertificate(fromPem('CERTIFICATE', await readFile(file(name), 'utf8'))[0]!);

  const issue = async (kind: KeyChoice, name: string, profile: 'signer' | 'tsa'): Promise<void> => {
    await must('genpkey', ...NEW_KEY[kind], '-out', `${name}.key`);
    const subject = ['-subj', `/C=CN/CN=${name}`];
    await must('req', '-new', '-key', `${name}.key`, ...subject, ...distid(kind), '-out', `${name}.csr`);
    const vouch = ['-CA', `root-${kind}.pem`, '-CAkey', `root-${kind}.key`, '-CAcreateserial'];
    const extensions = ['-extfile', 'extensions.cnf', '-extensions', profile];
    const request = kind === 'sm2' ? ['-vfyopt', 'distid:1234567812345678'] : [];
    await must(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...vouch,
      ...request,
      ...distid(kind),
      '-days',
      '30',
      ...extensions,
      '-out',
      `${name}.pem`,
    );
  };
  const newRoot = async (kind: KeyChoice): Promise<void> => {
    await must('genpkey', ...NEW_KEY[kind], '-out', `root-${kind}.key`);
    const self = ['-x509', '-key', `root-${kind}.key`, '-subj', `/C=CN/CN=Root ${kind}`, '-days', '60'];
    await must('req', ...self, ...distid(kind), '-out', `root-${kind}.pem`);
  };

  await writeFile(file('extensions.cnf'), EXTENSIONS);
  await writeFile(file('tsa.cnf'), TSA);
  await writeFile(file('serial'), '01\n');
  await newRoot('p256');
  await issue('p256', 'tsa', 'tsa');
  let stamps = 0;

  return {
    file,
    async write(name, content) {
      await writeFile(file(name), content);
      return file(name);
    },
    read: async (name) => new Uint8Array(await readFile(file(name))),
    run,
    async holder(kind) {
      if (kind !== 'p256') await newRoot(kind);
      await issue(kind, kind, 'signer');
      await must(
        'pkcs8',
        '-topk8',
        '-nocrypt',
        '-in',
        `${kind}.key`,
        '-outform',
        'DER',
        '-out',
        `${kind}.p8`,
      );
      return {
        certificate: await certificateIn(`${kind}.pem`),
        root: await certificateIn(`root-${kind}.pem`),
        signer: nodeSigner(new Uint8Array(await readFile(file(`${kind}.p8`)))),
      };
    },
    async stamp(digest, hash) {
      const name = `stamp-${++stamps}`;
      await writeFile(
        file(`${name}.tsq`),
        buildTimeStampRequest({ digest, hash, certificateRequested: true }),
      );
      const reply = [
        '-queryfile',
        `${name}.tsq`,
        '-inkey',
        'tsa.key',
        '-signer',
        'tsa.pem',
        '-config',
        'tsa.cnf',
      ];
      await must('ts', '-reply', ...reply, '-out', `${name}.tsr`);
      const { token } = parseTimeStampResponse(new Uint8Array(await readFile(file(`${name}.tsr`))));
      if (token === undefined) throw new Error('no token');
      return token.der;
    },
    close: () => rm(folder, { recursive: true }),
  };
}
