import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toPem } from '@hufu/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basicConstraints, type ExtensionSpec, extendedKeyUsage } from '../../src/build/extensions.ts';
import { nodeSigner } from '../../src/node/index.ts';
import type { KeyUsageBit } from '../../src/x509/model.ts';
import { EXTENDED_KEY_USAGE_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { type Issued, issue, issueRoot, NOW, nameOf } from './support/authority.ts';
import { alternativeNames, nameConstraints, unknownExtension } from './support/extensions.ts';
import { told, validateChain } from './support/validate.ts';

const { clientAuth, codeSigning } = EXTENDED_KEY_USAGE_OID;
const keys = Array.from({ length: 4 }, () => nodeSigner(newPrivateKey('p256')));
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hufu-path-'));
});
afterAll(() => rm(folder, { recursive: true }));

const pem = (issued: readonly Issued[]): string =>
  issued.map(({ certificate }) => toPem('CERTIFICATE', certificate.der)).join('');

/** What `openssl verify` says of the same chain by its own strict rules: "ok", or why not. */
async function opensslSays([root, ...rest]: readonly Issued[]): Promise<string> {
  const file = (name: string): string => join(folder, name);
  const between = rest.slice(0, -1);
  await writeFile(file('root.pem'), pem([root!]));
  await writeFile(file('between.pem'), pem(between));
  await writeFile(file('end.pem'), pem(rest.slice(-1)));
  const trust = [
    '-CAfile',
    file('root.pem'),
    ...(between.length > 0 ? ['-untrusted', file('between.pem')] : []),
  ];
  const rules = ['-x509_strict', '-purpose', 'sslclient', '-attime', `${NOW / 1000}`];
  try {
    await run('openssl', ['verify', ...rules, ...trust, file('end.pem')]);
    return 'ok';
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

type Link = {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
  readonly usage: readonly KeyUsageBit[];
  readonly purposes: readonly string[] | undefined;
  readonly late: boolean;
  readonly critical: boolean;
  readonly permitted: string | undefined;
  readonly excluded: string | undefined;
  readonly selfIssued: boolean;
};

const dns = (text: string) => ({ kind: 'dns', text }) as const;

function extensionsOf(link: Link): ExtensionSpec[] {
  const { ca, purposes, critical, permitted, excluded } = link;
  return [
    ...(ca ? [] : [basicConstraints({ ca })]),
    ...(purposes ? [extendedKeyUsage(purposes)] : []),
    ...(critical ? [unknownExtension(true)] : []),
    ...(permitted || excluded
      ? [
          nameConstraints({
            ...(permitted && { permitted: [dns(permitted)] }),
            ...(excluded && { excluded: [dns(excluded)] }),
          }),
        ]
      : []),
  ];
}

async function chainOf(links: readonly Link[], host: string): Promise<Issued[]> {
  const chain = [await issueRoot({ key: keys[0]! })];
  for (const [i, link] of links.entries()) {
    const issuer = chain.at(-1)!;
    chain.push(
      await issue({
        subject: link.selfIssued ? issuer.name : nameOf(`Link ${i}`),
        issuer,
        key: keys[i + 1]!,
        ca: link.ca,
        usage: link.usage,
        extensions: extensionsOf(link),
        ...(link.ca && link.pathLength !== undefined && { pathLength: link.pathLength }),
        ...(link.late && { notAfter: NOW - 1000 }),
      }),
    );
  }
  const extensions = [alternativeNames(dns(host)), extendedKeyUsage([clientAuth])];
  chain.push(await issue({ issuer: chain.at(-1)!, key: keys[3]!, extensions }));
  return chain;
}

const seldom = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const link: fc.Arbitrary<Link> = fc.record({
  ca: seldom(true, false),
  pathLength: seldom<number | undefined>(undefined, 0, 1),
  usage: seldom<readonly KeyUsageBit[]>(['keyCertSign', 'cRLSign'], ['cRLSign', 'digitalSignature']),
  purposes: seldom<readonly string[] | undefined>(undefined, [clientAuth], [codeSigning]),
  late: seldom(false, true),
  critical: seldom(false, true),
  permitted: seldom<string | undefined>(undefined, 'example.com', 'example.net'),
  excluded: seldom<string | undefined>(undefined, 'a.example.com', 'example.org'),
  selfIssued: seldom(false, true),
});

describe('openssl verify -x509_strict as an outside witness', () => {
  test('agrees on chains with any mixture of faults', async () => {
    const seen = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(link, { maxLength: 2 }),
        // No wildcards: OpenSSL lets one stand for a name that is excluded (CVE-2025-61727 elsewhere), we do not.
        fc.constantFrom('a.example.com', 'b.example.com'),
        async (links, host) => {
          const chain = await chainOf(links, host);
          const verdict = await validateChain(chain, { extendedKeyUsage: clientAuth, purpose: 'sign' });
          const theirs = await opensslSays(chain);
          expect(verdict.ok, `${told(verdict)}, openssl: ${theirs}`).toBe(theirs === 'ok');
          seen[verdict.ok ? 'accepted' : 'refused']++;
        },
      ),
      { numRuns: 80 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(5);
  }, 60_000);
});
