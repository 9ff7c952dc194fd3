import { type ErrorEntry, errorFactory } from '@hufu/kernel';

const malformed = (zh: string, en: string): ErrorEntry => ({ status: 400, zh, en, retry: 'corrected' });
const broken = (zh: string, en: string): ErrorEntry => ({ status: 500, zh, en, retry: 'never' });

/** What this package can refuse. Each code says what is wrong with the input, never what the input held. */
export const LEDGER_ERRORS = {
  LEDGER_SIZE: malformed('日志大小或序号不正确', 'A tree size or leaf index is not a whole number in range'),
  LEDGER_SIZE_ORDER: malformed(
    '较早的日志不能大于较晚的日志',
    'The earlier tree is larger than the later one',
  ),
  LEDGER_INDEX: malformed('日志中没有该序号的条目', 'The tree has no leaf with this index'),
  LEDGER_HASH: malformed('摘要长度应为32字节', 'A hash is not 32 bytes long'),
  LEDGER_TILE: broken('日志分片缺失或不完整', 'A tile is missing or narrower than the tree needs'),
  LEDGER_ENTRIES: malformed(
    '日志条目分片不完整',
    'A tile of entries ends before its last leaf, or a leaf is too long',
  ),
  LEDGER_TILE_PATH: malformed('日志分片路径不正确', 'This is not the path of a tile'),
  LEDGER_NOTE: malformed('签名文本格式不正确', 'This is not a signed note'),
  LEDGER_NOTE_LIMIT: malformed('签名文本过大', 'The signed note is larger than is accepted'),
  LEDGER_KEY_NAME: malformed(
    '密钥名称不正确',
    'A key name is empty, or holds a space, a plus sign or a control',
  ),
  LEDGER_KEY: malformed('验证密钥格式不正确', 'A verifier key is malformed, or its key ID does not match'),
  LEDGER_CHECKPOINT: malformed('检查点格式不正确', 'This is not a checkpoint'),
  LEDGER_COSIGNATURE: malformed('共签格式不正确', 'This is not a cosignature'),
  LEDGER_LEAF: malformed('日志条目格式不正确', 'This is not a leaf of 128 bytes'),
  LEDGER_STATEMENT: malformed('存证内容格式不正确', 'This is not a statement in canonical form'),
  LEDGER_DISCLOSURE: malformed('披露字段格式不正确', 'This is not a disclosure of a committed field'),
  LEDGER_POLICY: malformed('验证策略文件格式不正确', 'This is not a policy of a log'),
  LEDGER_BUNDLE: malformed('证据包格式不正确', 'This is not an evidence bundle'),
  LEDGER_PROOF: malformed('包含证明格式不正确', 'This is not a proof of inclusion'),
  LEDGER_TIME: malformed('时间不正确', 'This is not a time in whole milliseconds or seconds'),
} as const satisfies Record<string, ErrorEntry>;

export type LedgerErrorCode = keyof typeof LEDGER_ERRORS;

export const ledgerError = errorFactory(LEDGER_ERRORS);
