import { LEDGER_WITNESS } from './ledger-witness.generated.ts';

export {
  LEDGER_WITNESS_BYTECODE,
  LEDGER_WITNESS_DEPLOYED_BYTECODE,
} from './ledger-witness.generated.ts';

/** Interface of the contract, as the compiler made it. */
export const LEDGER_WITNESS_ABI = LEDGER_WITNESS.abi;

/** What `VERSION()` of a deployed contract answers: tells it from any other at a mistyped address. */
export const LEDGER_WITNESS_VERSION = 'hufu.ledger-witness/1';

/** How the bytes were made, and their SHA-256: what an auditor compares with a compilation of his own. */
export const LEDGER_WITNESS_BUILD = {
  compiler: LEDGER_WITNESS.compiler,
  settings: LEDGER_WITNESS.settings,
  sourceSha256: LEDGER_WITNESS.sourceSha256,
  bytecodeSha256: LEDGER_WITNESS.bytecodeSha256,
  deployedBytecodeSha256: LEDGER_WITNESS.deployedBytecodeSha256,
} as const;
