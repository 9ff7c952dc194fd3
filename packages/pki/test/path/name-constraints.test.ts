import { derUtf8String } from '@hufu/gm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildName } from '../../src/build/name.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { ATTRIBUTE_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { issue, issueRoot, nameOf } from './support/authority.ts';
import { alternativeNames, type NameSpec, nameConstraints } from './support/extensions.ts';
import { told, validateChain } from './support/validate.ts';

const key = nodeSigner(newPrivateKey('p256'));
const root = await issueRoot({ key });

const dns = (text: string): NameSpec => ({ kind: 'dns', text });
const email = (text: string): NameSpec => ({ kind: 'email', text });
const uri = (text: string): NameSpec => ({ kind: 'uri', text });
const ip = (...octets: number[]): NameSpec => ({ kind: 'ip', octets });
const dn = (name: Uint8Array): NameSpec => ({ kind: 'dn', name });
const other: NameSpec = { kind: 'other', oid: '1.3.6.1.4.1.55555.2', value: derUtf8String('x') };

type Constraints = { permitted?: NameSpec[]; excluded?: NameSpec[] };

/** One authority with these constraints, one end certificate with these names. */
async function constrained(constraints: Constraints, ...names: NameSpec[]): Promise<string> {
  const extensions = [nameConstraints(constraints)];
  const authority = await issue({ name: 'Authority', issuer: root, ca: true, key, extensions });
  const end = await issue({
    issuer: authority,
    key,
    extensions: names.length > 0 ? [alternativeNames(...names)] : [],
  });
  return told(await validateChain([root, authority, end], { waivedProfileRules: 'all' }));
}

const permit = (...permitted: NameSpec[]): Constraints => ({ permitted });
const exclude = (...excluded: NameSpec[]): Constraints => ({ excluded });

const OUTSIDE = (kind: string) => `NAME_NOT_PERMITTED ${kind} @0`;
const EXCLUDED = (kind: string) => `NAME_EXCLUDED ${kind} @0`;
const MALFORMED = (kind: string) => `NAME_MALFORMED ${kind} @0`;
const BAD_CONSTRAINT = (kind: string) => `NAME_CONSTRAINT_MALFORMED ${kind} @1`;

describe('RFC 5280 §4.2.1.10 with generated chains', () => {
  test.each<[Constraints, NameSpec[], string]>([
    // Host names: the name itself and everything below it.
    [permit(dns('example.com')), [dns('example.com')], 'ok'],
    [permit(dns('example.com')), [dns('WWW.Example.COM')], 'ok'],
    [permit(dns('example.com')), [dns('myexample.com')], OUTSIDE('dns')],
    [permit(dns('example.com')), [dns('a.example.com'), dns('example.net')], OUTSIDE('dns')],
    [permit(dns('example.com'), dns('example.net')), [dns('example.net')], 'ok'],
    [permit(dns('')), [dns('anything.test')], 'ok'],
    [exclude(dns('example.com')), [dns('a.b.example.com')], EXCLUDED('dns')],
    [exclude(dns('example.com')), [dns('example.org')], 'ok'],
    [permit(dns('example.com')), [dns('*.example.com')], 'ok'],
    [permit(dns('a.example.com')), [dns('*.example.com')], OUTSIDE('dns')],
    [exclude(dns('a.example.com')), [dns('*.example.com')], EXCLUDED('dns')],
    [exclude(dns('deep.a.example.com')), [dns('*.example.com')], 'ok'],
    [permit(dns('example.com')), [dns('exa mple.com')], MALFORMED('dns')],
    [permit(dns('.example.com')), [dns('a.example.com')], BAD_CONSTRAINT('dns')],
    [permit(dns('*.example.com')), [dns('a.example.com')], BAD_CONSTRAINT('dns')],
    // Mailboxes: one, those of a host, those below a domain.
    [permit(email('a@example.com')), [email('a@EXAMPLE.com')], 'ok'],
    [permit(email('a@example.com')), [email('A@example.com')], OUTSIDE('email')],
    [permit(email('example.com')), [email('a@example.com')], 'ok'],
    [permit(email('example.com')), [email('a@mail.example.com')], OUTSIDE('email')],
    [permit(email('.example.com')), [email('a@mail.example.com')], 'ok'],
    [permit(email('.example.com')), [email('a@example.com')], OUTSIDE('email')],
    [exclude(email('example.com')), [email('a@example.com')], EXCLUDED('email')],
    [exclude(email('example.com')), [email('a@b@example.org')], MALFORMED('email')],
    [permit(email('a@b@example.com')), [email('a@example.com')], BAD_CONSTRAINT('email')],
    // URIs: their host alone.
    [permit(uri('example.com')), [uri('https://user@example.com:8443/x?y#z')], 'ok'],
    [permit(uri('.example.com')), [uri('ldap://ds.example.com/cn=x')], 'ok'],
    [permit(uri('.example.com')), [uri('https://example.com/')], OUTSIDE('uri')],
    [exclude(uri('example.com')), [uri('https://example.org/?example.com')], 'ok'],
    [exclude(uri('example.com')), [uri('https://EXAMPLE.com')], EXCLUDED('uri')],
    [permit(uri('example.com')), [uri('https://192.0.2.1/')], MALFORMED('uri')],
    [permit(uri('example.com')), [uri('https://[2001:db8::1]/')], MALFORMED('uri')],
    [permit(uri('example.com')), [uri('urn:example:com')], MALFORMED('uri')],
    [permit(uri('example.com')), [uri('https://evil.test\\@example.com/')], MALFORMED('uri')],
    // Addresses under a mask.
    [permit(ip(192, 0, 2, 0, 255, 255, 255, 0)), [ip(192, 0, 2, 7)], 'ok'],
    [permit(ip(192, 0, 2, 0, 255, 255, 255, 0)), [ip(192, 0, 3, 7)], OUTSIDE('ip')],
    [permit(ip(192, 0, 2, 0, 255, 255, 255, 0)), [ip(...Array.from({ length: 16 }, () => 0))], OUTSIDE('ip')],
    [exclude(ip(0, 0, 0, 0, 0, 0, 0, 0)), [ip(192, 0, 2, 7)], EXCLUDED('ip')],
    [permit(ip(192, 0, 2, 0, 255, 0, 255, 0)), [ip(192, 0, 2, 7)], BAD_CONSTRAINT('ip')],
    [permit(ip(192, 0, 2, 0)), [ip(192, 0, 2, 7)], BAD_CONSTRAINT('ip')],
    // Kinds that are not constrained, and one that nobody can compare.
    [permit(dns('example.com')), [email('a@example.net')], 'ok'],
    [permit(other), [dns('example.com')], 'ok'],
    [exclude(other), [other], 'NAME_CONSTRAINT_UNSUPPORTED other @0'],
    // Directory names.
    [permit(dn(buildName([{ oid: ATTRIBUTE_OID.country, text: 'CN' }]))), [], 'ok'],
    [permit(dn(buildName([{ oid: ATTRIBUTE_OID.country, text: 'US' }]))), [], OUTSIDE('dn')],
    [exclude(dn(nameOf('End'))), [], EXCLUDED('dn')],
    [exclude(dn(nameOf('end', 'PATH  tests'))), [], EXCLUDED('dn')],
    [exclude(dn(nameOf('End', 'Elsewhere'))), [], 'ok'],
    [exclude(dn(nameOf('Nested'))), [dn(nameOf('Nested'))], EXCLUDED('dn')],
  ])('%j with %j: %s', async (constraints, names, expected) => {
    expect(await constrained(constraints, ...names)).toBe(expected);
  });

  test('an authority without any subtree is malformed', async () => {
    await expect(constrained({})).rejects.toThrow('CERT_EXTENSION');
  });

  test('a mail address in a subject without alternative names is held to mail constraints', async () => {
    const extensions = [nameConstraints(permit(email('example.com')))];
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, key, extensions });
    const subject = (address: string) =>
      buildName([
        { oid: ATTRIBUTE_OID.commonName, text: 'End' },
        { oid: ATTRIBUTE_OID.email, text: address },
      ]);
    const inside = await issue({ subject: subject('a@example.com'), issuer: authority, key });
    const outside = await issue({ subject: subject('a@example.net'), issuer: authority, key });
    expect(told(await validateChain([root, authority, inside]))).toBe('ok');
    expect(told(await validateChain([root, authority, outside]))).toBe(OUTSIDE('email'));
  });

  test('§6.1.4(g): what one authority permits another can only narrow', async () => {
    const wide = [nameConstraints(permit(dns('example.com')))];
    const narrow = [nameConstraints(permit(dns('a.example.com'), dns('example.net')))];
    const first = await issue({ name: 'First', issuer: root, ca: true, key, extensions: wide });
    const second = await issue({ name: 'Second', issuer: first, ca: true, key, extensions: narrow });
    const verdicts = await Promise.all(
      ['x.a.example.com', 'b.example.com', 'example.net'].map(async (host) => {
        const end = await issue({ issuer: second, key, extensions: [alternativeNames(dns(host))] });
        return told(await validateChain([root, first, second, end]));
      }),
    );
    expect(verdicts).toEqual(['ok', OUTSIDE('dns'), OUTSIDE('dns')]);
  });

  test('§6.1.3(b): a self-issued authority is exempt, a self-issued end certificate is not', async () => {
    const extensions = [nameConstraints(exclude(dn(nameOf('Authority'))))];
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, key, extensions });
    const renewed = await issue({ subject: authority.name, issuer: authority, ca: true });
    const end = await issue({ issuer: renewed, key });
    expect(told(await validateChain([root, authority, renewed, end]))).toBe('ok');
    const own = await issue({ subject: authority.name, issuer: authority });
    expect(told(await validateChain([root, authority, own]))).toBe(EXCLUDED('dn'));
  });

  test('RFC 5937: constraints of the anchor bind', async () => {
    const bound = await issueRoot({ key, extensions: [nameConstraints(permit(dns('example.com')))] });
    const end = await issue({ issuer: bound, key, extensions: [alternativeNames(dns('example.net'))] });
    expect(told(await validateChain([bound, end]))).toBe(OUTSIDE('dns'));
  });

  test('thousands of names under thousands of constraints end in a refusal', async () => {
    const hosts = (zone: string) => Array.from({ length: 1500 }, (_, i) => dns(`h${i}.${zone}`));
    const told = await constrained(exclude(...hosts('excluded.test')), ...hosts('free.test'));
    expect(told).toBe('BUDGET_EXCEEDED nameComparisons @0');
  });

  const label = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));

  test('whatever a host constraint excludes it would have permitted, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(host, fc.option(host, { nil: undefined }), async (zone, prefix) => {
        const name = dns(prefix === undefined ? zone : `${prefix}.${zone}`);
        expect(await constrained(permit(dns(zone)), name)).toBe('ok');
        expect(await constrained(exclude(dns(zone)), name)).toBe(EXCLUDED('dns'));
        expect(await constrained(permit(dns(`not-${zone}`)), name)).toBe(OUTSIDE('dns'));
        expect(await constrained(exclude(dns(`not-${zone}`)), name)).toBe('ok');
      }),
      { numRuns: 60 },
    );
  });
});
