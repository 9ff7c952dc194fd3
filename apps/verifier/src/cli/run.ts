import { readFile, stat } from 'node:fs/promises';
import { CodedError } from '@hufu/kernel';
import { nodeLedgerCrypto } from '@hufu/ledger/node';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { nodeAt } from '../chain/ask-node.ts';
import { explainError } from '../report/explain-error.ts';
import { verifyFiles } from '../verify-files.ts';
import { type Arguments, readArguments, USAGE } from './arguments.ts';
import { asJson } from './as-json.ts';
import { asText } from './as-text.ts';
import { extractParts } from './extract.ts';

export type Output = { readonly out: (text: string) => void; readonly error: (text: string) => void };

const VALID = 0;
const NOT_VALID = 1;
const NOT_USABLE = 2;

/** Far above what is read: a bundle has 2 MiB at most. */
const MAX_FILE = 8 * 1024 * 1024;

async function readText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_FILE) throw new CodedError('LEDGER_BUNDLE', { bytes: size });
  return readFile(file, 'utf8');
}

async function verify(args: Arguments, { out }: Output): Promise<number> {
  const files = { policy: await readText(args.policy), bundle: await readText(args.bundle) };
  const tools = { crypto: nodeLedgerCrypto(), engine: nodeCryptoEngine() };
  const ask = args.rpc === undefined ? undefined : nodeAt(args.rpc);
  const { bundle, policy, verdict, report } = await verifyFiles(files, tools, ask);
  out(args.json ? asJson(verdict) : asText(report, args.language));
  if (args.extract !== undefined) await extractParts(bundle, policy, args.extract);
  // Whoever names a node asks for what the chain holds: no answer is no confirmation.
  const onChain = args.rpc === undefined || verdict.anchors.every(({ state }) => state === 'valid');
  return verdict.outcome === 'valid' && onChain ? VALID : NOT_VALID;
}

function explain(error: unknown): string {
  const words = explainError(error);
  if (words !== undefined) return `${words.zh} · ${words.en}`;
  return error instanceof Error ? error.message : String(error);
}

/** The command. @returns its exit code: 0 valid, 1 not valid or not confirmed, 2 wrong usage or unreadable files */
export async function run(given: readonly string[], output: Output): Promise<number> {
  const args = readArguments(given);
  if (args === undefined) {
    output.error(USAGE);
    return NOT_USABLE;
  }
  try {
    return await verify(args, output);
  } catch (error) {
    output.error(`${explain(error)}\n`);
    return NOT_USABLE;
  }
}
