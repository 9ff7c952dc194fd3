import fs from 'node:fs';
import path from 'node:path';
import { fromPem } from '@hufu/kernel';
import { buildPolicy, type LogPolicy, parsePolicy } from '@hufu/ledger';
import type { EvidenceDeps } from '../deps.ts';
import { submitKeys } from '../log-keys.ts';
import { writeWhole } from './write-file.ts';

type PolicyDeps = Pick<
  EvidenceDeps,
  'config' | 'vault' | 'keys' | 'retired' | 'witnesses' | 'quorum' | 'anchoring' | 'clock'
>;

export const POLICY_FILE = 'policy.json';

/** Whom to trust, as this installation would have it: beside the log, and to be published apart from it, too. */
export async function publishPolicy(deps: PolicyDeps, directory: string): Promise<void> {
  const file = path.join(directory, POLICY_FILE);
  const known = readKnown(file);
  // The same policy is the same document: its digest may stand in a gazette.
  if (known !== undefined && buildPolicy(policyOf(deps, known.issuedAt)) === buildPolicy(known)) return;
  await writeWhole(file, buildPolicy(policyOf(deps, deps.clock.now())));
}

function readKnown(file: string): LogPolicy | undefined {
  try {
    return parsePolicy(fs.readFileSync(file, 'utf8'));
  } catch {
    // Absent, or of another release: written anew.
    return undefined;
  }
}

function policyOf(deps: PolicyDeps, issuedAt: number): LogPolicy {
  const { config, vault, keys, retired, witnesses, quorum, anchoring } = deps;
  const name = new URL(config.baseUrl).host;
  const { chain } = anchoring;
  return {
    publisher: name,
    issuedAt,
    logs: [
      { key: keys.logKey, sm2: keys.sm2Key },
      ...retired.map(({ key, sm2, final }) => ({ key, sm2, final })),
    ],
    submitters: submitKeys(vault).map((publicKey) => ({ name, publicKey })),
    witnesses: witnesses.map(({ key }) => ({ operator: key.name, key })),
    quorum,
    timeStampRoots:
      config.timeStamps === undefined
        ? []
        : fromPem('CERTIFICATE', fs.readFileSync(config.timeStamps.certificates, 'utf8')),
    chains: chain === undefined ? [] : [{ chainId: chain.id, name: chain.name, contract: chain.contract }],
  };
}
