import { type ErrorRegister, errorFactory } from '@hufu/kernel';

/** What can go wrong while a checkpoint is anchored or stamped. None of it stops the business. */
export const ANCHOR_ERRORS = {
  ANCHOR_NODE_UNREACHABLE: {
    status: 503,
    zh: '区块链节点暂时无法连接，存证数据将在恢复后自动上链',
    en: 'The chain’s node cannot be reached; anchoring continues by itself once it can',
    retry: 'later',
  },
  ANCHOR_NODE_REFUSED: {
    status: 502,
    zh: '区块链节点拒绝了交易',
    en: 'The chain’s node refused the transaction',
    retry: 'later',
  },
  ANCHOR_WRONG_CHAIN: {
    status: 500,
    zh: '所连节点不属于配置的区块链',
    en: 'The node belongs to another chain than the configured one',
    retry: 'corrected',
  },
  ANCHOR_WRONG_CONTRACT: {
    status: 500,
    zh: '配置的地址上没有账本见证合约',
    en: 'There is no ledger witness contract at the configured address',
    retry: 'corrected',
  },
  ANCHOR_NOT_ALLOWED: {
    status: 500,
    zh: '上链密钥未获合约授权',
    en: 'The contract does not admit the anchoring key',
    retry: 'corrected',
  },
  ANCHOR_ROLLBACK: {
    status: 500,
    zh: '链上记录的账本比本系统的更长：本系统的账本可能被回退',
    en: 'The chain holds a longer ledger than this system: ours may have been rolled back',
    retry: 'never',
  },
  ANCHOR_FORK: {
    status: 500,
    zh: '链上记录的账本与本系统的不同：账本出现分叉',
    en: 'The chain holds another ledger of the same length: the ledger is forked',
    retry: 'never',
  },
  ANCHOR_INCONSISTENT: {
    status: 500,
    zh: '本系统的账本不是链上记录的延续：历史可能被改写',
    en: 'Our ledger does not continue the one on the chain: history may have been rewritten',
    retry: 'never',
  },
  ANCHOR_REVERTED: {
    status: 502,
    zh: '上链交易执行失败，将重新提交',
    en: 'The transaction failed on the chain and will be made anew',
    retry: 'later',
  },
  ANCHOR_RACED: {
    status: 409,
    zh: '另一台服务器正在处理同一上链任务',
    en: 'Another server is at work on the same anchor',
    retry: 'later',
  },
  TSA_UNREACHABLE: {
    status: 503,
    zh: '时间戳服务暂时无法连接，将稍后重试',
    en: 'The time-stamp service cannot be reached; it will be asked again',
    retry: 'later',
  },
  TSA_REFUSED: {
    status: 502,
    zh: '时间戳服务拒绝了请求',
    en: 'The time-stamp service refused the request',
    retry: 'later',
  },
  TSA_ANSWER_INVALID: {
    status: 502,
    zh: '时间戳服务的应答无效',
    en: 'The time-stamp service’s answer is not valid',
    retry: 'later',
  },
  TSA_UNTRUSTED: {
    status: 502,
    zh: '时间戳的签发者不在信任范围内',
    en: 'The time-stamp’s signer is not one that is trusted',
    retry: 'corrected',
  },
  TSA_CERTIFICATES_UNREADABLE: {
    status: 500,
    zh: '时间戳信任证书文件无法读取',
    en: 'The file of trusted time-stamp certificates cannot be read',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;

export type AnchorErrorCode = keyof typeof ANCHOR_ERRORS;
export const anchorError = errorFactory(ANCHOR_ERRORS);
