import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** C2SP/x509-limbo (Apache-2.0), the fields that are used here. */
export type LimboCase = {
  readonly id: string;
  readonly validation_kind: 'SERVER' | 'CLIENT';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly crls?: readonly string[];
  readonly validation_time: string | null;
  readonly key_usage: readonly string[];
  readonly extended_key_usage: readonly string[];
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly expected_peer_name: LimboName | null;
  readonly expected_peer_names: readonly LimboName[];
  readonly max_chain_depth: number | null;
};

export type LimboName = { readonly kind: 'DNS' | 'IP' | 'RFC822'; readonly value: string };

const folder =
  process.env['HUFU_VECTORS'] ?? resolve(import.meta.dirname, '../../../../../../shared/vectors');
const file = resolve(folder, 'x509-limbo.json');

/** Undefined where the vectors are not at hand. They are not part of the project. */
export function limboCases(): readonly LimboCase[] | undefined {
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { testcases: LimboCase[] }).testcases;
}
