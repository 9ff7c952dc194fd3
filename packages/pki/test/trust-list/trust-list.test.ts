import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '@hufu/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeSigner } from '../../src/node/index.ts';
import { closedPolicy } from '../../src/revocation/policy.ts';
import type { ListSigner } from '../../src/trust-list/jws.ts';
import type { PinnedKey, TrustedAuthority } from '../../src/trust-list/model.ts';
import {
  holdsSameAuthorities,
  type PublishedTrustList,
  publishTrustList,
} from '../../src/trust-list/publish.ts';
import { type TrustListExpectation, verifyTrustList } from '../../src/trust-list/verify.ts';
import { issue, issueRoot, NOW } from '../path/support/authority.ts';
import { engine } from '../path/support/validate.ts';
import { newPrivateKey } from '../support/keys.ts';

const DAY = 86_400_000;

const signerOf = (kid: string, key: 'sm2' | 'p256'): ListSigner => ({
  kid,
  signer: nodeSigner(newPrivateKey(key)),
});
const pinOf = ({ kid, signer }: ListSigner): PinnedKey => ({
  kid,
  algorithm: signer.algorithm === 'sm2-sm3' ? 'SM2' : 'ES256',
  publicKey: signer.publicKey,
});

const es256 = signerOf('list-es256', 'p256');
const sm2 = signerOf('list-sm2', 'sm2');
const stranger = signerOf('list-es256', 'p256');
const pins = [pinOf(es256), pinOf(sm2)];

let authority: TrustedAuthority;
let first: PublishedTrustList;
let second: PublishedTrustList;

beforeAll(async () => {
  const root = await issueRoot({ name: 'Root', key: 'sm2' });
  const issuing = await issue({ name: 'Issuing', ca: true, issuer: root, key: 'sm2' });
  authority = {
    id: 'demo-ca',
    name: '北疆CA',
    nameEn: 'Beijiang CA',
    phone: '0471-1234567',
    anchors: [root.certificate],
    intermediates: [issuing.certificate],
    profile: { id: 'demo', facts: { unitName: [{ at: 'subject', oid: '2.5.4.10' }] } },
    policy: { ...closedPolicy('demo-ca@1', '150000'), joined: true },
    crlAddresses: ['http://ca.example/crl'],
    ocspAddresses: [],
    status: 'active',
    since: NOW - DAY,
  };
  first = await publish();
  second = await publish({ after: first });
});

type Publishing = Partial<Parameters<typeof publishTrustList>[0]> & { readonly issuedAt?: number };

const publish = ({ issuedAt = NOW, ...rest }: Publishing = {}) =>
  publishTrustList({
    list: { region: '150000', issuedAt, validUntil: issuedAt + 7 * DAY, authorities: [authority] },
    after: undefined,
    signers: [es256, sm2],
    engine,
    ...rest,
  });

const verify = (document: Uint8Array, rules: Partial<TrustListExpectation> = {}) =>
  verifyTrustList(document, { pins, engine, at: NOW, ...rules });

const code = (name: string) => expect.objectContaining({ code: name });
const refused = (document: Uint8Array, name: string, rules: Partial<TrustListExpectation> = {}) =>
  expect(verify(document, rules)).rejects.toEqual(code(name));

/** The document with another payload, or other signatures. */
function altered(document: Uint8Array, change: (json: Parsed) => void): Uint8Array {
  const json = JSON.parse(fromUtf8(document)) as Parsed;
  change(json);
  return utf8(JSON.stringify(json));
}
type Parsed = {
  payload: string;
  signatures: { protected: string; signature: string }[];
  [more: string]: unknown;
};

describe('trust list: signed, versioned, linked', () => {
  test('verifies with the pinned keys alone and gives the authorities back', async () => {
    const list = await verify(first.document, { region: '150000' });
    expect(list).toMatchObject({ sequence: 1, previous: undefined, hash: first.hash, region: '150000' });
    expect(list.signedBy).toEqual(['list-es256', 'list-sm2']);
    const { anchors, intermediates, ...rest } = list.authorities[0]!;
    const { anchors: a, intermediates: i, ...expected } = authority;
    expect(rest).toEqual(expected);
    expect([...anchors, ...intermediates].map(({ der }) => der)).toEqual([...a, ...i].map(({ der }) => der));
  });

  test('who pins one key is content with that one', async () => {
    for (const pin of pins) expect((await verify(first.document, { pins: [pin] })).sequence).toBe(1);
  });

  test('the next one links to the one before', async () => {
    const list = await verify(second.document, { memory: first });
    expect(list).toMatchObject({ sequence: 2, previous: first.hash });
  });

  test('the ES256 signature is an ordinary JWS', async () => {
    const json = JSON.parse(fromUtf8(first.document)) as Parsed;
    const [entry] = json.signatures;
    const key = await crypto.subtle.importKey(
      'spki',
      new Uint8Array(es256.signer.publicKey),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    );
    const valid = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      new Uint8Array(fromBase64Url(entry!.signature)),
      new Uint8Array(utf8(`${entry!.protected}.${json.payload}`)),
    );
    expect(valid).toBe(true);
  });

  test('tells whether it says the same about the authorities', () => {
    expect(holdsSameAuthorities(first.document, [authority])).toBe(true);
    expect(holdsSameAuthorities(first.document, [{ ...authority, status: 'suspended' }])).toBe(false);
    expect(holdsSameAuthorities(first.document, [])).toBe(false);
  });
});

describe('trust list: what is refused', () => {
  test('a changed payload', async () => {
    const changed = altered(first.document, (json) => {
      const text = fromUtf8(fromBase64Url(json.payload)).replace('0471-1234567', '0471-7654321');
      json.payload = toBase64Url(utf8(text));
    });
    await refused(changed, 'TRUST_LIST_SIGNATURE');
  });

  test('one of two pinned signatures missing, exchanged or by a stranger under the same key id', async () => {
    await refused(
      altered(first.document, (json) => json.signatures.pop()),
      'TRUST_LIST_SIGNATURE',
    );
    const swapped = altered(first.document, ({ signatures: [a, b] }) => {
      [a!.signature, b!.signature] = [b!.signature, a!.signature];
    });
    await refused(swapped, 'TRUST_LIST_SIGNATURE');
    const { document } = await publish({ signers: [stranger, sm2] });
    await refused(document, 'TRUST_LIST_SIGNATURE');
  });

  test('a header that names another algorithm for a pinned key', async () => {
    const confused = altered(first.document, ({ signatures: [entry] }) => {
      const header = { alg: 'SM2', kid: 'list-es256', typ: 'hufu-trust-list+json' };
      entry!.protected = toBase64Url(utf8(JSON.stringify(header)));
    });
    await refused(confused, 'TRUST_LIST_SIGNATURE');
    const none = altered(first.document, ({ signatures: [entry] }) => {
      const header = { alg: 'none', kid: 'list-es256', typ: 'hufu-trust-list+json' };
      Object.assign(entry!, { protected: toBase64Url(utf8(JSON.stringify(header))), signature: '' });
    });
    await refused(none, 'TRUST_LIST_SIGNATURE');
  });

  test('no pinned key at all trusts nothing', async () => {
    await refused(first.document, 'TRUST_LIST_SIGNATURE', { pins: [] });
  });

  test('an older list than one already seen', async () => {
    await refused(first.document, 'TRUST_LIST_ROLLBACK', { memory: second });
  });

  test('another list under a sequence already seen, and a successor that does not link', async () => {
    const other = await publish({ issuedAt: NOW + 1 });
    await refused(other.document, 'TRUST_LIST_FORK', { memory: first });
    await refused(second.document, 'TRUST_LIST_FORK', { memory: other });
  });

  test('the same list again, and one after a gap, are accepted', async () => {
    const third = await publish({ after: second });
    expect((await verify(first.document, { memory: first })).sequence).toBe(1);
    expect((await verify(third.document, { memory: first })).sequence).toBe(3);
  });

  test('a list of another region, from the future, or past its time', async () => {
    await refused(first.document, 'TRUST_LIST_REGION', { region: '110000' });
    await refused(first.document, 'TRUST_LIST_NOT_YET_VALID', { at: NOW - DAY });
    await refused(first.document, 'TRUST_LIST_EXPIRED', { at: NOW + 7 * DAY });
    expect((await verify(first.document, { at: NOW + 7 * DAY - 1 })).sequence).toBe(1);
  });

  test.each([
    ['no JSON', utf8('{')],
    ['not UTF-8', Uint8Array.of(0xff, 0xfe)],
    ['an array', utf8('[]')],
    ['an empty object', utf8('{}')],
    ['more than 4 MiB', new Uint8Array(4 * 1024 * 1024 + 1)],
  ])('%s', async (_, document) => {
    await refused(document, 'TRUST_LIST_MALFORMED');
  });

  test('members that nobody knows, in the document or in a header', async () => {
    await refused(
      altered(first.document, (json) => {
        json['unprotected'] = true;
      }),
      'TRUST_LIST_MALFORMED',
    );
    const critical = altered(first.document, ({ signatures: [entry] }) => {
      const header = { alg: 'ES256', kid: 'list-es256', typ: 'hufu-trust-list+json', crit: ['exp'], exp: 1 };
      entry!.protected = toBase64Url(utf8(JSON.stringify(header)));
    });
    await refused(critical, 'TRUST_LIST_MALFORMED');
  });
});
