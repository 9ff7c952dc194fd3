/** Why a step is not valid, in the reader's words. Each says what was found, never what it means for the case. */
export const EVIDENCE_REASONS = {
  STATEMENT_MALFORMED: {
    zh: '存证内容不是规范格式，或其中的 SM3 摘要与内容不符',
    en: 'The statement is not in canonical form, or its SM3 digest is of other content',
  },
  DISCLOSURE_MALFORMED: { zh: '有披露字段无法读取', en: 'A disclosed field cannot be read' },
  DISCLOSURE_FOREIGN: {
    zh: '有披露字段不属于这条存证，或与存证时的承诺不符',
    en: 'A disclosed field is not what this statement committed to',
  },
  LEAF_OTHER_STATEMENT: { zh: '日志条目不是这条存证的', en: 'The leaf of the log is of another statement' },
  SUBMITTER_UNKNOWN: {
    zh: '提交方的公钥不在验证策略中',
    en: 'The policy does not know the key of the submitter',
  },
  SUBMITTER_SIGNATURE: { zh: '提交方签名不正确', en: 'The signature of the submitter is wrong' },
  PROOF_MALFORMED: { zh: '包含证明或检查点无法读取', en: 'The proof or its checkpoint cannot be read' },
  LOG_UNKNOWN: { zh: '日志不在验证策略中', en: 'The policy does not know this log' },
  LOG_RETIRED: {
    zh: '日志密钥已更换：该检查点不在其最终检查点之内',
    en: 'The log was retired: this checkpoint is beyond, or beside, the one that it ended with',
  },
  LOG_SIGNATURE_ABSENT: { zh: '检查点没有日志的签名', en: 'The log has not signed the checkpoint' },
  LOG_SIGNATURE: {
    zh: '日志对检查点的签名不正确',
    en: 'The signature of the log on the checkpoint is wrong',
  },
  INCLUSION: {
    zh: '包含证明不成立：该条目不在检查点所述的日志中',
    en: 'The proof does not show that the leaf stands in the tree of the checkpoint',
  },
  SM2_NOT_IN_POLICY: { zh: '验证策略没有列出日志的国密公钥', en: 'The policy names no SM2 key of the log' },
  SM2_ABSENT: { zh: '检查点没有国密（SM2）签名', en: 'The checkpoint carries no SM2 signature' },
  SM2_SIGNATURE: {
    zh: '日志对检查点的国密（SM2）签名不正确',
    en: 'The SM2 signature of the log on the checkpoint is wrong',
  },
  COSIGNATURE_WRONG: { zh: '有见证方的签名不正确', en: 'The cosignature of a witness is wrong' },
  WITNESS_NONE: {
    zh: '验证策略没有要求见证方：只有日志运营方自己的说法',
    en: 'The policy asks for no witness: there is only the word of the operator of the log',
  },
  WITNESS_QUORUM: { zh: '见证方数量不足', en: 'Too few of the witnesses have cosigned' },
  TIME_UNWITNESSED: { zh: '没有见证时间可比对', en: 'There is no time of a witness to compare with' },
  TIME_POSTDATED: {
    zh: '存证所述时间晚于见证方看到它的时间',
    en: 'The statement gives a time later than when the witnesses saw it',
  },
  SIGSUM_DIFFERS: {
    zh: '附带的 Sigsum 证明与本证明内容不一致',
    en: 'The Sigsum proof in the bundle says something else than the proof',
  },
  TIME_STAMP_MALFORMED: { zh: '时间戳无法读取', en: 'The time-stamp cannot be read' },
  TIME_STAMP_OTHER_DATA: {
    zh: '时间戳不是为该检查点签发的',
    en: 'The time-stamp was made for other data than the checkpoint',
  },
  TIME_STAMP_SIGNATURE: { zh: '时间戳的签名不正确', en: 'The signature of the time-stamp is wrong' },
  TIME_STAMP_CERTIFICATE: {
    zh: '时间戳的签名证书不合规，或当时已过期',
    en: 'The certificate of the time-stamp is not for stamping, or had expired',
  },
  TIME_STAMP_UNTRUSTED: {
    zh: '时间戳的签发机构不在验证策略中',
    en: 'The policy does not trust the authority of the time-stamp',
  },
  TIME_STAMP_NONE: { zh: '没有附带时间戳', en: 'The bundle brings no time-stamp' },
  ANCHOR_UNKNOWN_CHAIN: {
    zh: '该链或合约不在验证策略中',
    en: 'The policy does not know this chain and contract',
  },
  ANCHOR_OFFLINE: {
    zh: '离线无法查看链上数据：请用「hufu verify --rpc」向您自己信任的节点核对',
    en: 'The chain cannot be seen offline: ask a node of your choice with "hufu verify --rpc"',
  },
  ANCHOR_NODE: {
    zh: '所问的节点无法回答，或属于另一条链',
    en: 'The node that was asked cannot answer, or belongs to another chain',
  },
  ANCHOR_NOT_ON_CHAIN: {
    zh: '链上合约没有这个检查点',
    en: 'The contract on the chain does not hold this checkpoint',
  },
  ANCHOR_DIFFERS: {
    zh: '链上记录与证据包所述不一致',
    en: 'The chain holds something else than the bundle says',
  },
  ANCHOR_NONE: { zh: '没有附带上链信息', en: 'The bundle brings no anchor' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

export type EvidenceReason = keyof typeof EVIDENCE_REASONS;
