import { fromBase64 } from '@hufu/kernel';
import { type Certificate, type HolderKind, parseCertificate, publicKeyHash } from '@hufu/pki';
import { caError } from '../errors.ts';
import type { Faults } from '../options.ts';
import type { JournalEvent, ListName, RevocationReason } from './events.ts';

export type CertificateState =
  | { readonly kind: 'good' }
  | { readonly kind: 'held'; readonly at: number }
  | { readonly kind: 'revoked'; readonly at: number; readonly reason: RevocationReason };

export type IssuedCertificate = {
  readonly certificate: Certificate;
  readonly purpose: 'sign' | 'encrypt';
  readonly issuedAt: number;
  readonly holderKind: HolderKind;
  readonly keyNo: string;
  /** Both certificates of a pair, or the one alone. */
  readonly serials: readonly string[];
  readonly state: CertificateState;
};

/** What became of an order. */
export type CarriedOut = {
  readonly digest: string;
  readonly serials: readonly string[];
  readonly envelopedKey: string | undefined;
};

/** The present, made from the journal's events. Holds no rule about what may happen next: see `transitions.ts`. */
export class Register {
  readonly #certificates = new Map<string, IssuedCertificate>();
  readonly #keys = new Set<string>();
  readonly #orders = new Map<string, CarriedOut>();
  readonly #crlNumbers = new Map<ListName, number>();
  faults: Faults;

  constructor(faults: Faults) {
    this.faults = faults;
  }

  apply(event: JournalEvent): void {
    switch (event.type) {
      case 'issued':
        this.#issue(event);
        break;
      case 'revoked':
        this.#setState(event.serials, { kind: 'revoked', at: event.at, reason: event.reason });
        break;
      case 'held':
        this.#setState(event.serials, { kind: 'held', at: event.at });
        break;
      case 'released':
        this.#setState(event.serials, { kind: 'good' });
        break;
      case 'faults':
        this.faults = event.faults;
        break;
      case 'crl':
        this.#crlNumbers.set(event.list, event.number);
        break;
    }
  }

  #issue(event: Extract<JournalEvent, { type: 'issued' }>): void {
    const serials = event.certificates.map((one) => one.serialHex);
    for (const { serialHex, purpose, certificate: encoded } of event.certificates) {
      const certificate = parseCertificate(fromBase64(encoded));
      const { at: issuedAt, kind: holderKind, keyNo } = event;
      const state = { kind: 'good' } as const;
      this.#certificates.set(serialHex, {
        certificate,
        purpose,
        issuedAt,
        holderKind,
        keyNo,
        serials,
        state,
      });
      this.#keys.add(publicKeyHash(certificate.spki));
    }
    if (event.order === undefined) return;
    const { reference, digest, envelopedKey } = event.order;
    this.#orders.set(reference, { digest, serials, envelopedKey });
  }

  #setState(serials: readonly string[], state: CertificateState): void {
    for (const serialHex of serials) {
      this.#certificates.set(serialHex, { ...this.get(serialHex), state });
    }
  }

  find(serialHex: string): IssuedCertificate | undefined {
    return this.#certificates.get(serialHex);
  }

  /** @throws CA_CERTIFICATE_UNKNOWN */
  get(serialHex: string): IssuedCertificate {
    const found = this.find(serialHex);
    if (found === undefined) throw caError('CA_CERTIFICATE_UNKNOWN');
    return found;
  }

  /** By the reference that whoever ordered gave. */
  order(reference: string): CarriedOut | undefined {
    return this.#orders.get(reference);
  }

  hasKey(keyHash: string): boolean {
    return this.#keys.has(keyHash);
  }

  /** In order of issue. */
  all(): IterableIterator<IssuedCertificate> {
    return this.#certificates.values();
  }

  get size(): number {
    return this.#certificates.size;
  }

  nextCrlNumber(list: ListName): number {
    return (this.#crlNumbers.get(list) ?? 0) + 1;
  }
}
