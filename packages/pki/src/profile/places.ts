import { contextTag, readDer, TAG } from '@hufu/gm';
import { fromUtf8 } from '@hufu/kernel';
import type { Certificate, Name } from '../x509/model.ts';
import type { Place, ValueEncoding } from './model.ts';

/** Texts found at one place of a certificate. `undefined` stands for a value that is there but is not text. */
export type Found = readonly (string | undefined)[];

const fromName = (name: Name, oid: string): Found =>
  name.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.oid === oid).map(({ text }) => text));

function decodeValue(value: Uint8Array, encoding: ValueEncoding): string | undefined {
  try {
    switch (encoding) {
      case 'raw-utf8':
        return fromUtf8(value);
      case 'der-string':
        return readDer(value, (reader) => reader.string());
      case 'der-integer':
        return readDer(value, (reader) => reader.integer({ maxBytes: 32 }).toString());
    }
  } catch {
    return undefined;
  }
}

/** OtherName ::= [0] IMPLICIT SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY } (RFC 5280 §4.2.1.6). */
function otherName(der: Uint8Array, oid: string, encoding: ValueEncoding): Found {
  try {
    return readDer(der, (reader) =>
      reader.within(contextTag(0), (inner) => {
        const type = inner.oid(TAG.oid);
        const value = inner.within(contextTag(0), (content) => content.element());
        return type === oid ? [decodeValue(value, encoding)] : [];
      }),
    );
  } catch {
    return [undefined];
  }
}

const READERS: {
  readonly [P in Place['at']]: (certificate: Certificate, place: Extract<Place, { at: P }>) => Found;
} = {
  subject: (certificate, place) => fromName(certificate.subject, place.oid),
  issuer: (certificate, place) => fromName(certificate.issuer, place.oid),
  extension: (certificate, place) => {
    const extension = certificate.extensions.get(place.oid);
    return extension === undefined ? [] : [decodeValue(extension.value, place.encoding)];
  },
  'san-directory': (certificate, place) =>
    (certificate.subjectAlternativeNames ?? []).flatMap((name) =>
      name.kind === 'dn' ? fromName(name.name, place.oid) : [],
    ),
  'san-other': (certificate, place) =>
    (certificate.subjectAlternativeNames ?? []).flatMap((name) =>
      name.kind === 'other' ? otherName(name.der, place.oid, place.encoding) : [],
    ),
  'san-email': (certificate) =>
    (certificate.subjectAlternativeNames ?? []).flatMap((name) => (name.kind === 'email' ? [name.text] : [])),
  policy: (certificate) => certificate.policies ?? [],
};

export function findAt<P extends Place['at']>(
  certificate: Certificate,
  place: Extract<Place, { at: P }>,
): Found {
  return (READERS[place.at as P] as (c: Certificate, p: typeof place) => Found)(certificate, place);
}

/** How a place is named in provenance. */
export const placeName = (place: Place): string => ('oid' in place ? `${place.at} ${place.oid}` : place.at);
