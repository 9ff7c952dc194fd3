export { type AskChain, askChain, type ChainAnswer, type ChainStamp } from './bundle/ask-chain.ts';
export { formatBundle, parseBundle } from './bundle/bundle-json.ts';
export type * from './bundle/model.ts';
export { EVIDENCE_REASONS, type EvidenceReason } from './bundle/reasons.ts';
export { type SigsumProofParts, sigsumProof } from './bundle/sigsum-proof.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './bundle/tlog-proof.ts';
export * from './bundle/verdict.ts';
export { type VerifyTools, verifyBundle } from './bundle/verify.ts';
export {
  type Checkpoint,
  checkpointText,
  type NoteVerdict,
  parseCheckpoint,
  parseCheckpointText,
  type SignedCheckpoint,
  verifyNote,
} from './checkpoint/checkpoint.ts';
export {
  type Cosignature,
  type CosignatureVerdict,
  type CosignRequest,
  cosign,
  parseCosignature,
  verifyCosignature,
} from './checkpoint/cosignature.ts';
export {
  formatVkey,
  isKeyName,
  type NoteKey,
  type NoteKeyKind,
  noteKey,
  parseVkey,
  sigsumOrigin,
  sm2NoteKey,
} from './checkpoint/key.ts';
export {
  formatNote,
  formatSignature,
  type NoteSignature,
  parseNote,
  parseSignature,
  type SignedNote,
  signaturesOf,
} from './checkpoint/note.ts';
export { type LogSigners, signCheckpoint } from './checkpoint/sign.ts';
export type * from './crypto/model.ts';
export { portableEd25519Signer, portableLedgerCrypto } from './crypto/portable.ts';
export { LEDGER_ERRORS, type LedgerErrorCode } from './errors.ts';
export {
  formatLeaf,
  isLeafSignedBy,
  LEAF_BYTES,
  type Leaf,
  leafChecksum,
  parseLeaf,
  signLeaf,
  submitterKeyHash,
} from './leaf/leaf.ts';
export { type Alarm, type AlarmCode, MONITOR_ALARMS } from './monitor/alarm.ts';
export {
  auditLeaves,
  type EntriesReader,
  type LeafAudit,
  type LeafAuditAnswer,
} from './monitor/audit-leaves.ts';
export {
  auditStatements,
  type ChainLink,
  type StatementAudit,
  type StatementRow,
  type SubjectChains,
  subjectKey,
} from './monitor/audit-statements.ts';
export {
  type FollowAnswer,
  type FollowedCheckpoint,
  type FollowQuestion,
  followLog,
  staleness,
} from './monitor/follow-log.ts';
export { type Sighting, type TimedLeaf, type TimeTolerance, timeAlarm } from './monitor/time-window.ts';
export type * from './policy/model.ts';
export { buildPolicy, parsePolicy, policyDigests } from './policy/policy-json.ts';
export { sigsumPolicy, sshSubmitterKeys } from './policy/sigsum-policy.ts';
export {
  commitFields,
  commitmentOf,
  type Disclosure,
  type OpenedField,
  openDisclosure,
} from './statement/disclosure.ts';
export type { Actor, Statement, StatementSpec, Subject } from './statement/model.ts';
export { buildStatement, parseStatement, statementDigests } from './statement/statement.ts';
export { formatEntries, parseEntries } from './tree/entries.ts';
export { HASH_BYTES, portableHasher, type Sha256, type TreeHasher, treeHasher } from './tree/hasher.ts';
export {
  EMPTY_EDGE,
  type GrownTree,
  growTree,
  restoreEdge,
  rootOfEdge,
  type TreeEdge,
} from './tree/integrate.ts';
export { createProver, type Prover, type ProverOptions, type TileReader } from './tree/prover.ts';
export {
  entriesPath,
  newTiles,
  parseTilePath,
  rightEdge,
  TILE_WIDTH,
  type Tile,
  type TileId,
  tilePath,
  tileWidth,
} from './tree/tile.ts';
export {
  type ConsistencyClaim,
  type InclusionClaim,
  type TreeHead,
  verifyConsistency,
  verifyInclusion,
} from './tree/verify.ts';
