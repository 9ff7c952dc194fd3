/**
 * Certificate profiles (OD-41): data that say where a CA writes the facts about a holder. No CA is known to the code.
 */

/** 企业锁, 法人锁, 个人证书, 经办人证书. */
export type HolderKind = 'enterprise' | 'legalRepresentative' | 'individual' | 'operator';
/** What carries the private key. */
export type Medium = 'usb-key' | 'phone' | 'software';

/** How an extension's or otherName's value carries its text. */
export type ValueEncoding =
  /** A DER string type: UTF8String, PrintableString, IA5String, BMPString, TeletexString as Latin-1. */
  | 'der-string'
  /** The octets themselves are UTF-8, without a DER wrapping, as some CAs write. */
  | 'raw-utf8'
  /** A DER INTEGER, as decimal text. */
  | 'der-integer';

/** A place in a certificate. OIDs in dotted form. */
export type Place =
  | { readonly at: 'subject'; readonly oid: string }
  | { readonly at: 'issuer'; readonly oid: string }
  | { readonly at: 'extension'; readonly oid: string; readonly encoding: ValueEncoding }
  | { readonly at: 'san-directory'; readonly oid: string }
  | { readonly at: 'san-other'; readonly oid: string; readonly encoding: ValueEncoding }
  | { readonly at: 'san-email' }
  /** The value is the policy OID itself. */
  | { readonly at: 'policy' };

/**
 * One way to find a fact. The pattern must match the whole value; its first group, or else the whole match, is the
 * fact. `values` then translates it; a value that is not listed is not a fact.
 */
export type Rule = Place & {
  readonly pattern?: string;
  readonly values?: Readonly<Record<string, string>>;
};

/** A fact of the profile itself: this CA has only one kind, or only one medium. */
export type ConstantRule = { readonly at: 'constant'; readonly value: string };

export type FactName =
  | 'uscc'
  | 'unitName'
  | 'personName'
  | 'personIdNo'
  | 'kind'
  | 'keyNo'
  | 'medium'
  | 'mediumNo';

/** Rules in order of preference: the first that finds anything decides. */
export type CertificateProfile = {
  readonly id: string;
  readonly facts: Readonly<Partial<Record<FactName, readonly (Rule | ConstantRule)[]>>>;
};

/** `ambiguous`: two different values at the place. `unprintable`: control or direction characters, or too long. */
export type FactProblem = {
  readonly fact: FactName;
  readonly problem: 'ambiguous' | 'unprintable' | 'invalid';
};

/** Where a fact was found, e.g. `subject 2.5.4.97`; `serial` when the serial number stands in (OD-40). */
export type Provenance = Readonly<Partial<Record<FactName, string>>>;

export type HolderFacts = {
  readonly profileId: string;
  readonly uscc: string | undefined;
  /** 单位名称. */
  readonly unitName: string | undefined;
  readonly personName: string | undefined;
  /** 公民身份号码 of an individual, as written: whoever relies on it checks it. */
  readonly personIdNo: string | undefined;
  readonly kind: HolderKind | 'unknown';
  /** 证书Key号: survives renewal; the serial number when the CA assigns none (OD-40). */
  readonly keyNo: string;
  /** Whether keyNo is the CA's own number: only then may a renewed certificate be recognised by it (14a, OD-40). */
  readonly keyNoAssigned: boolean;
  readonly medium: Medium | 'unknown';
  /** 介质硬件号. */
  readonly mediumNo: string | undefined;
  readonly provenance: Provenance;
  readonly problems: readonly FactProblem[];
};
