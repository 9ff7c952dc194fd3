import { type ErrorEntry, type ErrorRegister, errorFactory } from '@hufu/kernel';
import { SEAL_ERRORS } from '@hufu/seal';

const corrected = (status: number, zh: string, en: string): ErrorEntry => ({
  status,
  zh,
  en,
  retry: 'corrected',
});
const never = (status: number, zh: string, en: string): ErrorEntry => ({ status, zh, en, retry: 'never' });

/** Refusals of the seal register, of signing and of public validation; those of the seal package among them. */
export const SIGNING_ERRORS = {
  ...SEAL_ERRORS,

  // The register
  SEAL_PROOF_INVALID: corrected(
    403,
    '签名检测未通过，无法显示印章，请重新检测',
    'The test signature does not prove the key, or is too old. Run the test again.',
  ),
  SEAL_UNKNOWN: never(404, '没有这枚印章', 'There is no such seal.'),
  SEAL_STATE: never(409, '印章当前状态不能进行此项操作', 'The seal’s state does not allow this.'),
  SEAL_STALE: corrected(
    409,
    '印章信息已变化，请刷新后重试',
    'The seal has changed meanwhile. Reload and try again.',
  ),
  SEAL_APPLIED_ALREADY: never(
    409,
    '同一种印章已有待审核的申请，请勿重复提交',
    'An application for this kind of seal is waiting already.',
  ),
  SEAL_FROZEN: never(
    409,
    '该印章已冻结，不能换发；请联系互认系统工作台',
    'This seal is frozen and cannot be replaced. Contact the desk.',
  ),
  SEAL_CERTIFICATE: corrected(
    422,
    '所选证书不是本单位可用于签章的有效证书',
    'A chosen certificate is not one that this enterprise can seal with.',
  ),
  SEAL_WORD_MISPLACED: corrected(
    422,
    '法定代表人章上不能附加文字或印章编码',
    'The seal of a legal representative carries neither words nor a code.',
  ),
  SEAL_PICTURE_UNCLEAR: corrected(
    422,
    '印章图片不清晰或不符合要求，请重新上传', // SIGN-012
    'The picture of the seal is not clear. Upload a better one.',
  ),
  SEAL_MAKER_MISSING: {
    status: 503,
    zh: '本系统尚未配置制章者证书，暂不能制作印章',
    en: 'No seal maker is configured here; seals cannot be made.',
    retry: 'later',
  },
  SEAL_MAKER_INVALID: {
    status: 500,
    zh: '制章者证书无效，或与密钥不符',
    en: 'The seal maker’s certificate is not valid, or belongs to another key.',
    retry: 'corrected',
  },

  // Signing tasks
  SIGN_UNKNOWN: never(404, '没有这份文件', 'There is no such document.'),
  SIGN_STATE: never(409, '文件当前状态不能进行此项操作', 'The state of the document does not allow this.'),
  SIGN_STALE: corrected(
    409,
    '文件已变化，请刷新后重试',
    'The document has changed meanwhile. Reload and try again.',
  ),
  SIGN_NOT_PDF: corrected(415, '待签章文件须为PDF', 'Only a PDF can be sealed.'),
  SIGN_FILE_MISSING: corrected(422, '请选择要上传的文件', 'Choose a file to upload.'),
  SIGN_ALREADY_INVALID: corrected(
    422,
    '文件中已有的签名无效，不能继续签章',
    'A signature that the document already carries is not valid; it cannot be sealed on.',
  ),
  SIGN_NOT_SIGNER: never(
    403,
    '贵单位不是这份文件的签署方',
    'Your enterprise is not a signer of this document.',
  ),
  SIGN_NOT_SENDER: never(403, '只有发起单位可以进行此项操作', 'Only the sender may do this.'),
  SIGN_NOT_YOUR_TURN: {
    status: 409,
    zh: '尚未轮到贵单位签章，请等待前面的签署方完成',
    en: 'It is not your turn yet: other signers come first.',
    retry: 'later',
  },
  SIGN_STARTED: never(
    409,
    '已有单位签章，不能再调整签署方',
    'The document has been sealed; signers can no longer change.',
  ),
  SIGN_SIGNERS: corrected(422, '签署方有重复', 'A signer is named twice.'),
  SIGN_SEAL_NOT_USABLE: corrected(
    409,
    '所选印章不可用，或未绑定当前证书',
    'The chosen seal is not in force, or this certificate may not sign with it.',
  ),
  SIGN_PREVIEW_UNACKNOWLEDGED: corrected(
    409,
    '有页面不能可靠显示，请逐页确认后再签章',
    'Some pages cannot be shown faithfully. Acknowledge each of them before sealing.',
  ),
  SIGN_PREVIEW_FAILED: {
    status: 422,
    zh: '该页无法显示',
    en: 'This page cannot be shown.',
    retry: 'later',
  },
  SIGN_PREPARATION_UNKNOWN: never(404, '没有这次签章', 'There is no such preparation.'),
  SIGN_PREPARATION_CLOSED: corrected(
    409,
    '本次签章已失效，请重新签章',
    'This preparation is closed. Prepare the documents again.',
  ),
  SIGN_BUSY: { status: 409, zh: '文件正在签章，请稍候', en: 'The document is being sealed.', retry: 'later' },
  SIGN_OTHER_KEY: corrected(
    403,
    '请使用准备签章时登录的证书',
    'Sign with the certificate with which the documents were prepared.',
  ),
  SIGN_SIGNATURE_COUNT: corrected(
    422,
    '签名数量与文件数量不符',
    'There must be one signature for each document.',
  ),
  SIGN_SIGNATURE_WRONG: corrected(
    403,
    '签名与证书或文件不符，请重新签章',
    'A signature does not belong to the certificate or the document.',
  ),
  SIGN_NOT_VERIFIED: corrected(
    422,
    '签章未通过验证，文件没有改动',
    'The sealed document does not verify; nothing was changed.',
  ),

  // SIGN-010: a file that was sealed elsewhere
  SIGN_FILE_UNSIGNED: corrected(422, '上传的文件没有签章', 'The uploaded file carries no new seal.'),
  SIGN_FILE_ALTERED: corrected(
    422,
    '签名无效：上传的文件在签章后被修改或签章有误', // MSG-20
    'The seal of the uploaded file is not valid: it was altered or wrongly sealed.',
  ),
  SIGN_FILE_FOREIGN: corrected(
    422,
    '上传文件的签章不属于本单位绑定的证书',
    'The seal of the uploaded file was not made with a certificate of your enterprise.',
  ),
  SIGN_FILE_OTHER_DOCUMENT: corrected(
    422,
    '上传的文件不是本次待签章的文件',
    'The uploaded file is not the document that was to be sealed.',
  ),
  SIGN_FILE_INDETERMINATE: {
    status: 422,
    zh: '无法确定上传文件的签章是否有效，请稍后重试',
    en: 'Whether the seal of the uploaded file is valid cannot be determined now.',
    retry: 'later',
  },

  // Public validation
  VERIFY_TYPE: corrected(
    415,
    '只能验证PDF或OFD文件（按文件内容判断）',
    'Only PDF and OFD files can be verified, judged by content.',
  ),
  VERIFY_TOO_LARGE: corrected(413, '文件不能超过50MB', 'The file may have at most 50 MB.'),
  VERIFY_BUSY: {
    status: 503,
    zh: '验章请求较多，请稍后再试',
    en: 'Many files are being verified at this moment. Try again shortly.',
    retry: 'later',
  },
} as const satisfies ErrorRegister;

export type SigningErrorCode = keyof typeof SIGNING_ERRORS;

export const signingError = errorFactory(SIGNING_ERRORS);
