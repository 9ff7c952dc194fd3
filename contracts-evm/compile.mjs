// Compiles LedgerWitness.sol and writes the artefact, or with --check compares it with the committed one.
// The same source, compiler and settings give the same bytes on every machine: see README.md.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import solc from 'solc';

const NAME = 'LedgerWitness';
const VERSION = '0.8.37';
const SETTINGS = {
  // Permissioned chains are behind: bytecode for a later one contains PUSH0, which they do not know.
  evmVersion: 'london',
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
};

/** Compiles to { contract, compiler, settings, sourceSha256, bytecodeSha256, deployedBytecodeSha256, abi, bytecode, deployedBytecode }. */
export function compile() {
  if (!solc.version().startsWith(`${VERSION}+`))
    throw new Error(`solc ${VERSION} is needed, not ${solc.version()}`);
  const content = fs.readFileSync(new URL(`src/${NAME}.sol`, import.meta.url), 'utf8');
  const file = `${NAME}.sol`;
  const input = { language: 'Solidity', sources: { [file]: { content } }, settings: SETTINGS };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  if (output.errors?.length) throw new Error(output.errors.map((one) => one.formattedMessage).join('\n'));
  const { abi, evm } = output.contracts[file][NAME];
  const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
  const ofHex = (hex) => sha256(Buffer.from(hex, 'hex'));
  const { evmVersion, optimizer, metadata } = SETTINGS;
  return {
    contract: NAME,
    compiler: solc.version(),
    settings: { evmVersion, optimizer, metadata },
    sourceSha256: sha256(content),
    bytecodeSha256: ofHex(evm.bytecode.object),
    deployedBytecodeSha256: ofHex(evm.deployedBytecode.object),
    abi,
    bytecode: `0x${evm.bytecode.object}`,
    deployedBytecode: `0x${evm.deployedBytecode.object}`,
  };
}

/** The committed module: constants that a typed caller can infer from. */
export function moduleText(artefact) {
  const { bytecode, deployedBytecode, ...rest } = artefact;
  return [
    `// Made by compile.mjs from ${artefact.contract}.sol; not to be edited.`,
    `export const LEDGER_WITNESS = ${JSON.stringify(rest, null, 2)} as const;`,
    `export const LEDGER_WITNESS_BYTECODE =\n  '${bytecode}';`,
    `export const LEDGER_WITNESS_DEPLOYED_BYTECODE =\n  '${deployedBytecode}';`,
    '',
  ].join('\n');
}

if (process.argv[1] && import.meta.url === new URL(`file://${fs.realpathSync(process.argv[1])}`).href) {
  const target = new URL('src/ledger-witness.generated.ts', import.meta.url);
  const artefact = compile();
  const text = moduleText(artefact);
  const { compiler, bytecodeSha256, deployedBytecodeSha256 } = artefact;
  console.log(`${compiler}\nbytecode ${bytecodeSha256}\ndeployed ${deployedBytecodeSha256}`);
  if (!process.argv.includes('--check')) fs.writeFileSync(target, text);
  else if (fs.readFileSync(target, 'utf8') !== text) {
    console.error('The committed artefact differs from what the source gives.');
    process.exitCode = 1;
  } else console.log('The committed artefact is what the source gives.');
}
