import { derUtf8String } from '@hufu/gm';
import type { CertificateProfile, ExtensionSpec, HolderKind, NamePart } from '@hufu/pki';
import type { Holder } from './holder.ts';
import { VENDOR_OID } from './oids.ts';

/** How one vendor writes its certificates, and how they are to be read again: the two must agree. */
export type VendorLayout = {
  readonly profile: CertificateProfile;
  subject(holder: Holder): readonly NamePart[];
  /** Extensions beside those that every vendor writes. */
  extensions(holder: Holder): readonly ExtensionSpec[];
};

export const KINDS: readonly HolderKind[] = ['enterprise', 'legalRepresentative', 'individual', 'operator'];

const ON_PHONE = '手机证书';

/** 介质: a certificate for a phone says so in an extension; every other one is on a lock. */
export const MEDIUM_RULES: NonNullable<CertificateProfile['facts']['medium']> = [
  { at: 'extension', oid: VENDOR_OID.medium, encoding: 'der-string', values: { [ON_PHONE]: 'phone' } },
  { at: 'constant', value: 'usb-key' },
];

export const mediumExtensions = ({ onPhone }: Holder): ExtensionSpec[] =>
  onPhone === true ? [{ oid: VENDOR_OID.medium, value: derUtf8String(ON_PHONE) }] : [];

/** Name in commonName: the unit for its own certificate, the person for all others. */
export const displayName = (holder: Holder): string | undefined =>
  holder.kind === 'enterprise' ? holder.unitName : holder.personName;

/** Attributes that have a value. */
export const parts = (...pairs: readonly (readonly [string, string | undefined])[]): NamePart[] =>
  pairs.flatMap(([oid, text]) => (text === undefined ? [] : [{ oid, text }]));

/** `{ enterprise: text }` turned round, for the reading side. */
export const reversed = (words: Readonly<Record<HolderKind, string>>): Record<string, string> =>
  Object.fromEntries(KINDS.map((kind) => [words[kind], kind]));
