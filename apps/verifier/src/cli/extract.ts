import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type EvidenceBundle,
  type LogPolicy,
  parseTlogProof,
  sigsumPolicy,
  sshSubmitterKeys,
} from '@hufu/ledger';

/** The parts of a bundle as files that `sigsum-verify` and `openssl ts` read. */
export async function extractParts(bundle: EvidenceBundle, policy: LogPolicy, folder: string): Promise<void> {
  const stamps = bundle.timeStamps.flatMap(({ proof, token }, at): [string, string | Uint8Array][] => [
    [`time-stamp-${at + 1}.txt`, parseTlogProof(proof).checkpoint.note.text],
    [`time-stamp-${at + 1}.token`, token],
  ]);
  const files: [string, string | Uint8Array][] = [
    ['statement.json', bundle.statement],
    ['statement.sigsum', bundle.sigsumProof],
    ['statement.tlog-proof', bundle.proof],
    ['sigsum-policy', sigsumPolicy(policy)],
    ['submitters.pub', sshSubmitterKeys(policy)],
    ...stamps,
  ];
  await mkdir(folder, { recursive: true });
  for (const [name, content] of files) await writeFile(path.join(folder, name), content);
}
