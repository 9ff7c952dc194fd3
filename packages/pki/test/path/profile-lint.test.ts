import { contextTag, derElement, derInteger, derRetag, derSequence, primitiveContextTag } from '@hufu/gm';
import { describe, expect, test } from 'vitest';
import {
  authorityInformationAccess,
  basicConstraints,
  buildGeneralName,
  type ExtensionSpec,
} from '../../src/build/extensions.ts';
import { nodeSigner } from '../../src/node/index.ts';
import type { ProfileRule } from '../../src/path/profile-lint.ts';
import { EXTENSION_OID } from '../../src/x509/oids.ts';
import { newPrivateKey } from '../support/keys.ts';
import { type IssueOptions, issue, issueRoot, keyIdOf, nameOf } from './support/authority.ts';
import {
  alternativeNames,
  inhibitAnyPolicy,
  nameConstraints,
  policyConstraints,
} from './support/extensions.ts';
import { told, validateChain } from './support/validate.ts';

type Breach = {
  readonly in: 'root' | 'authority' | 'end';
  readonly options: Partial<IssueOptions>;
};

const EMPTY_NAME = derSequence();
const KEY_ID = Uint8Array.from({ length: 20 }, (_, i) => i);
const rootKey = nodeSigner(newPrivateKey('p256'));
const criticalAccess = { ...authorityInformationAccess({ ocsp: 'http://ocsp.example/' }), critical: true };
const anyName = nameConstraints({ permitted: [{ kind: 'dn', name: EMPTY_NAME }] });

/** keyIdentifier, and authorityCertIssuer without its serial number. */
const halfIssuer: ExtensionSpec = {
  oid: EXTENSION_OID.authorityKeyIdentifier,
  value: derSequence(
    derElement(primitiveContextTag(0), keyIdOf(rootKey)),
    derElement(contextTag(1), buildGeneralName({ kind: 'dn', name: nameOf('Root') })),
  ),
};
const otherIdentifier: ExtensionSpec = {
  oid: EXTENSION_OID.authorityKeyIdentifier,
  value: derSequence(derElement(primitiveContextTag(0), KEY_ID)),
};
const onlyIssuerAndSerial: ExtensionSpec = {
  oid: EXTENSION_OID.authorityKeyIdentifier,
  value: derSequence(
    derElement(contextTag(1), buildGeneralName({ kind: 'dn', name: nameOf('Root') })),
    derRetag(primitiveContextTag(2), derInteger(7)),
  ),
};
const uncritical = (extension: ExtensionSpec): ExtensionSpec => ({ ...extension, critical: false });

const BREACHES: Readonly<Record<ProfileRule, readonly Breach[]>> = {
  'identifiers-not-critical': [
    { in: 'end', options: { extensions: [criticalAccess] } },
    { in: 'authority', options: { extensions: [criticalAccess] } },
    { in: 'root', options: { extensions: [criticalAccess] } },
  ],
  'authority-key-identifier-present': [
    { in: 'end', options: { without: [EXTENSION_OID.authorityKeyIdentifier] } },
    { in: 'authority', options: { without: [EXTENSION_OID.authorityKeyIdentifier] } },
    { in: 'root', options: { extensions: [onlyIssuerAndSerial] } },
  ],
  'authority-key-identifier-consistent': [{ in: 'root', options: { extensions: [otherIdentifier] } }],
  'authority-key-identifier-complete': [{ in: 'root', options: { key: rootKey, extensions: [halfIssuer] } }],
  'subject-key-identifier-present': [
    { in: 'authority', options: { without: [EXTENSION_OID.subjectKeyIdentifier] } },
    { in: 'root', options: { without: [EXTENSION_OID.subjectKeyIdentifier] } },
  ],
  'basic-constraints-critical': [
    { in: 'authority', options: { extensions: [uncritical(basicConstraints({ ca: true }))] } },
    { in: 'root', options: { extensions: [uncritical(basicConstraints({ ca: true }))] } },
  ],
  'path-length-only-in-authority': [
    { in: 'end', options: { extensions: [basicConstraints({ ca: false, pathLength: 0 })] } },
  ],
  'key-usage-not-empty': [{ in: 'end', options: { usage: [] } }],
  'certificate-signing-only-in-authority': [{ in: 'end', options: { usage: ['keyCertSign'] } }],
  'alternative-name-critical-without-subject': [
    {
      in: 'end',
      options: { subject: EMPTY_NAME, extensions: [alternativeNames({ kind: 'dns', text: 'a.example' })] },
    },
    { in: 'end', options: { subject: EMPTY_NAME } },
  ],
  'alternative-names-well-formed': [
    { in: 'end', options: { extensions: [alternativeNames({ kind: 'dns', text: 'a_b.example' })] } },
    { in: 'end', options: { extensions: [alternativeNames({ kind: 'dns', text: '192.0.2.1' })] } },
    { in: 'end', options: { extensions: [alternativeNames({ kind: 'email', text: 'nobody' })] } },
    { in: 'end', options: { extensions: [alternativeNames({ kind: 'uri', text: 'no-scheme' })] } },
  ],
  'name-constraints-critical': [{ in: 'authority', options: { extensions: [uncritical(anyName)] } }],
  'name-constraints-only-in-authority': [{ in: 'end', options: { extensions: [anyName] } }],
  'policy-constraints-critical': [
    { in: 'authority', options: { extensions: [policyConstraints({ explicit: 9 }, false)] } },
  ],
  'policy-constraints-not-empty': [{ in: 'authority', options: { extensions: [policyConstraints({})] } }],
  'inhibit-any-policy-critical': [{ in: 'authority', options: { extensions: [inhibitAnyPolicy(9, false)] } }],
};

const PLACE = { end: 0, authority: 1, root: 2 } as const;

describe('RFC 5280 §4: every rule refuses, and can be waived by its name alone', () => {
  const cases = Object.entries(BREACHES).flatMap(([rule, breaches]) =>
    breaches.map((breach) => [rule as ProfileRule, breach] as const),
  );

  test.each(cases)('%s, broken in the %o', async (rule, { in: where, options }) => {
    const at = (place: Breach['in']) => (place === where ? options : {});
    const root = await issueRoot(at('root'));
    const authority = await issue({ name: 'Authority', issuer: root, ca: true, ...at('authority') });
    const end = await issue({ issuer: authority, ...at('end') });
    const chain = [root, authority, end];
    expect(told(await validateChain(chain))).toBe(`PROFILE_VIOLATED ${rule} @${PLACE[where]}`);
    expect((await validateChain(chain, { waivedProfileRules: 'all' })).ok).toBe(true);
    const others = new Set(Object.keys(BREACHES).filter((other) => other !== rule) as ProfileRule[]);
    expect(told(await validateChain(chain, { waivedProfileRules: others }))).toBe(
      `PROFILE_VIOLATED ${rule} @${PLACE[where]}`,
    );
    expect(told(await validateChain(chain, { waivedProfileRules: new Set([rule]) }))).toBe('ok');
  });
});
