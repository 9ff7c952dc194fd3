import type { ErrorEntry, ErrorRegister } from '@hufu/kernel';

const corrected = (status: number, zh: string, en: string): ErrorEntry => ({
  status,
  zh,
  en,
  retry: 'corrected',
});
const never = (status: number, zh: string, en: string): ErrorEntry => ({ status, zh, en, retry: 'never' });
const later = (status: number, zh: string, en: string): ErrorEntry => ({ status, zh, en, retry: 'later' });

/** Refusals around applying for, paying and issuing certificates. */
export const RA_ERRORS = {
  RA_UNKNOWN: never(404, '没有这份申请', 'There is no such application.'),
  RA_FILE_UNKNOWN: never(404, '没有这个文件', 'There is no such file.'),
  RA_CERTIFICATE_UNKNOWN: never(404, '没有这张证书', 'There is no such certificate.'),
  RA_STATE: never(
    409,
    '申请当前状态不能进行此项操作',
    'The state of the application does not allow this step.',
  ),
  RA_STALE: corrected(
    409,
    '申请已有变化，请刷新后重试',
    'The application has changed meanwhile. Reload and try again.',
  ),
  RA_FORM: corrected(422, '申请信息有误，请按提示更正', 'Some entries have to be corrected.'),
  RA_MATERIAL: corrected(422, '申请材料不齐全，请补充后再提交', 'Some of the material is missing.'),
  RA_FILE_MISSING: corrected(422, '请选择要上传的文件', 'Choose a file to upload.'),
  RA_FILES_MANY: corrected(422, '该项材料的文件过多', 'There are too many files of this kind.'),
  RA_NOT_ADMIN: never(
    403,
    '只有企业管理员可以办理企业证书业务',
    'Only the administrator of the enterprise may do this.',
  ),
  RA_OPEN_ALREADY: never(
    409,
    '该企业已有正在办理的同类申请',
    'An application of this kind is under way already.',
  ),
  RA_WARNING: corrected(
    409,
    'CA证书一经变更，不能恢复，无法解密原有文件！请确认后再提交', // MOB-045
    'A changed certificate cannot be restored and cannot decrypt earlier files. Confirm this first.',
  ),
  RA_ENVELOPES: corrected(
    409,
    '有文件尚待开标解密，请逐一确认后再提交',
    'Files are still waiting to be decrypted. Confirm each of them first.',
  ),
  RA_RENEW_WINDOW: never(
    409,
    '证书到期前30天内方可办理续期', // OD-29
    'A certificate can be renewed within 30 days before it expires.',
  ),
  RA_REAPPLY: never(
    409,
    '只有已失效的企业证书可以重新申请', // MOB-043
    'Only an enterprise’s certificate that has ended can be applied for again.',
  ),
  RA_CERTIFICATE_STATE: never(
    409,
    '证书当前状态不能办理此项业务',
    'The state of the certificate does not allow this.',
  ),
  RA_CHECKED_BY_OTHER: never(
    403,
    '初审与审核须由不同人员办理',
    'Another person than the one who checked must approve.',
  ),
  RA_NOT_CHECKED: corrected(
    409,
    '材料尚未核验通过，不能批准', // CA-020
    'The material has not been checked and passed yet.',
  ),
  RA_CHECK_INCOMPLETE: corrected(
    422,
    '请逐项记录核验结果', // CA-020
    'Every item of the check needs a result.',
  ),
  RA_CHECK_FAILED: corrected(
    409,
    '有核验项未通过，请退回申请人', // CA-023
    'An item did not pass: send the application back.',
  ),
  RA_REASON_NOTE: corrected(422, '请写明退回的具体原因', 'Say what exactly is wrong.'),
  RA_PRICE: corrected(422, '所选年限没有收费标准', 'There is no fee for this choice.'),
  RA_NOT_PAYABLE: never(
    409,
    '审核通过后方可支付', // MOB-016
    'Only an approved application can be paid.',
  ),
  RA_NOT_PAID: never(
    409,
    '支付完成后方可下载证书', // MOB-016
    'The certificate can be downloaded once it is paid.',
  ),
  RA_PAYMENT_ABSENT: later(503, '本系统尚未开通在线支付', 'No payment provider is set up here.'),
  RA_PAYMENT_SILENT: later(
    502,
    '支付平台暂时没有响应，请稍后再试',
    'The payment provider does not answer now.',
  ),
  RA_PAYMENT_FORGED: never(403, '支付通知的签名不正确', 'The signature of the payment notice is wrong.'),
  RA_PAYMENT_MISMATCH: never(422, '支付通知与订单不符', 'The payment notice does not fit the order.'),
  RA_PAYMENT_STATE: never(
    409,
    '支付当前状态不能进行此项操作',
    'The state of the payment does not allow this.',
  ),
  RA_FEE_RECEIPT: corrected(
    422,
    '请填写收费凭证号', // CA-024
    'Enter the number of the receipt for the fee.',
  ),
  RA_TRACKING: corrected(422, '请填写邮寄单号', 'Enter the tracking number of the mail.'),
  RA_AUTHORITY_ABSENT: later(
    503,
    '该CA机构尚未接入在线签发',
    'This authority does not issue through this system.',
  ),
  RA_AUTHORITY_SILENT: later(502, 'CA机构暂时没有响应，请稍后再试', 'The authority does not answer now.'),
  RA_AUTHORITY_REFUSED: corrected(
    502,
    'CA机构没有签发证书，请联系CA机构',
    'The authority did not issue. Contact it.',
  ),
  RA_CSR: corrected(
    422,
    '证书申请文件不正确，请重新下载证书',
    'A certification request is not right. Start the download again.',
  ),
  RA_KEY_SAME: corrected(
    422,
    '签名密钥与加密密钥不能相同',
    'The signing key and the encryption key must differ.',
  ),
} as const satisfies ErrorRegister;
export type RaErrorCode = keyof typeof RA_ERRORS;
