import { isIP } from 'node:net';
import type { Certificate, GeneralName } from '../../../src/x509/model.ts';
import type { LimboName } from './vectors.ts';

/**
 * The name check of the TLS client that limbo has in mind (RFC 9525 §6). It belongs to the harness: nobody in trading
 * asks a certificate for a host name.
 */
export function carriesName(certificate: Certificate, wanted: LimboName): boolean {
  const names = certificate.subjectAlternativeNames ?? [];
  return names.some((name) => matches(name, wanted));
}

function matches(name: GeneralName, wanted: LimboName): boolean {
  if (wanted.kind === 'DNS') return name.kind === 'dns' && dnsMatches(name.text, wanted.value);
  if (wanted.kind === 'RFC822') return name.kind === 'email' && name.text === wanted.value;
  return name.kind === 'ip' && sameAddress(name.address, wanted.value);
}

function dnsMatches(pattern: string, host: string): boolean {
  const [left = '', ...labels] = pattern.toLowerCase().split('.');
  const [first, ...others] = host.toLowerCase().split('.');
  if (left !== '*') return pattern.toLowerCase() === host.toLowerCase();
  return first !== undefined && labels.length >= 2 && labels.join('.') === others.join('.');
}

function sameAddress(address: Uint8Array, text: string): boolean {
  const wanted = isIP(text) === 4 ? text.split('.').map(Number) : ipv6Octets(text);
  return wanted.length === address.length && wanted.every((octet, i) => octet === address[i]);
}

function ipv6Octets(text: string): number[] {
  const [head = '', tail = ''] = text.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [left, right] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
