import path from 'node:path';
import { isKeyName, type NoteKey, parseVkey } from '@hufu/ledger';
import { z } from 'zod';
import { witnessError } from './errors.ts';

export type WitnessConfig = {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly logs: readonly NoteKey[];
};

const Settings = z.object({
  WITNESS_NAME: z.string().refine(isKeyName),
  WITNESS_HOST: z.string().default('127.0.0.1'),
  WITNESS_PORT: z.coerce.number().int().min(0).max(65_535),
  WITNESS_DATA: z.string().min(1),
  /** vkeys of the logs to watch, separated by spaces. */
  WITNESS_LOGS: z.string().default(''),
});

/** @throws WITNESS_CONFIG naming what is wrong */
export function readWitnessConfig(environment: Readonly<Record<string, string | undefined>>): WitnessConfig {
  const parsed = Settings.safeParse(environment);
  if (!parsed.success) {
    throw witnessError('WITNESS_CONFIG', {
      wrong: parsed.error.issues.map(({ path: [name] }) => String(name)),
    });
  }
  const { WITNESS_NAME, WITNESS_HOST, WITNESS_PORT, WITNESS_DATA, WITNESS_LOGS } = parsed.data;
  return {
    name: WITNESS_NAME,
    host: WITNESS_HOST,
    port: WITNESS_PORT,
    data: path.resolve(WITNESS_DATA),
    logs: WITNESS_LOGS.split(/\s+/).filter(Boolean).map(logKey),
  };
}

function logKey(vkey: string): NoteKey {
  try {
    const key = parseVkey(vkey);
    if (key.kind === 'ed25519') return key;
  } catch (error) {
    throw witnessError('WITNESS_CONFIG', { wrong: ['WITNESS_LOGS'] }, error);
  }
  throw witnessError('WITNESS_CONFIG', { wrong: ['WITNESS_LOGS'] });
}
