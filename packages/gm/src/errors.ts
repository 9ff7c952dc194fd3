import { type ErrorEntry, errorFactory } from '@hufu/kernel';

const malformed = (zh: string, en: string): ErrorEntry => ({ status: 400, zh, en, retry: 'corrected' });

/** Every failure that this package can raise. */
export const GM_ERRORS = {
  DER_TRUNCATED: malformed('编码数据不完整', 'The encoded data ends too early'),
  DER_LENGTH: malformed('编码长度不符合 DER 规则', 'A length is not encoded by the rules of DER'),
  DER_TAG: malformed('编码类型与预期不符', 'An element has another type than expected'),
  DER_TRAILING: malformed('编码数据末尾有多余内容', 'There are surplus bytes after the encoded data'),
  DER_DEPTH: malformed('编码嵌套过深', 'The encoded data is nested too deeply'),
  DER_INTEGER: malformed('整数编码不合规', 'An INTEGER is not encoded by the rules, or is out of range'),
  DER_BOOLEAN: malformed('布尔值编码不合规', 'A BOOLEAN is not encoded by the rules of DER'),
  DER_BIT_STRING: malformed('比特串编码不合规', 'A BIT STRING is not encoded by the rules of DER'),
  DER_NULL: malformed('空值编码不合规', 'A NULL is not empty'),
  DER_OID: malformed('对象标识符编码不合规', 'An OBJECT IDENTIFIER is not encoded by the rules'),
  DER_STRING: malformed(
    '字符串编码不合规',
    'A character string holds characters that its type does not allow',
  ),
  DER_TIME: malformed('时间编码不合规', 'A time is not encoded by the rules of RFC 5280'),
  DER_SET_ORDER: malformed('集合元素未按 DER 规则排序', 'The elements of a SET OF are not in DER order'),
  GM_SELF_TEST: {
    status: 500,
    zh: '密码模块自检失败',
    en: 'The cryptographic module failed its known-answer test',
    retry: 'never',
  },
  GM_SM2_PRIVATE_KEY: malformed('SM2 私钥无效', 'This is not an SM2 private key'),
  GM_SM2_PUBLIC_KEY: malformed('SM2 公钥无效', 'This is not a point of the SM2 curve'),
  GM_SM2_ID: malformed('SM2 用户标识过长', 'The SM2 user ID is too long'),
  GM_SM2_SIGNATURE: malformed('SM2 签名编码不合规', 'This is not an encoded SM2 signature'),
  GM_SM2_PLAINTEXT: malformed('SM2 加密的明文不能为空', 'SM2 does not encrypt an empty message'),
  GM_SM2_CIPHERTEXT: malformed('SM2 密文无法解密', 'The SM2 ciphertext cannot be decrypted with this key'),
  GM_TWO_PARTY_SESSION: malformed('协同会话标识无效', 'The session of a two-party operation is not valid'),
  GM_TWO_PARTY_MESSAGE: malformed('协同消息不合规', 'A message of the other party is not well formed'),
  GM_TWO_PARTY_PROOF: malformed('协同证明不成立', 'The other party’s proof does not hold'),
  GM_TWO_PARTY_COMMITMENT: malformed(
    '协同承诺与打开值不一致',
    'The other party did not open what it had committed to',
  ),
  GM_TWO_PARTY_ABORT: {
    status: 409,
    zh: '协同运算结果不正确，已中止',
    en: 'The two halves did not make a valid result; the operation has ended',
    retry: 'never',
  },
  GM_TWO_PARTY_SPENT: {
    status: 409,
    zh: '该协同会话已使用',
    en: 'This two-party session has been used',
    retry: 'never',
  },
  GM_SM4_KEY: malformed(
    'SM4 密钥或初始向量长度不符',
    'An SM4 key, nonce or initial vector has a wrong length',
  ),
  GM_SM4_LENGTH: malformed('数据长度不是分组长度的整数倍', 'The data is not a whole number of blocks'),
  GM_SM4_DECRYPT: malformed('SM4 密文无法解密', 'The SM4 ciphertext cannot be decrypted with this key'),
  GM_KEY_UNSUPPORTED: malformed('不支持的密钥类型或算法', 'This kind of key or algorithm is not supported'),
  GM_KEY_MISMATCH: malformed('公钥与私钥不匹配', 'The public key does not belong to the private key'),
  GM_KEY_PASSWORD: malformed('密码不正确，或文件已损坏', 'The password is wrong, or the file is damaged'),
  GM_KEY_WORK: malformed(
    '口令派生参数超出允许范围',
    'The key derivation asks for too little or too much work',
  ),
  GM_PKCS12_LEGACY: malformed(
    '该 PFX 文件使用过时的加密算法，请用 AES 重新导出',
    'This PKCS#12 file is encrypted with an obsolete algorithm: export it again with AES',
  ),
  GM_PKCS12_UNSUPPORTED: malformed('不支持的 PFX 文件结构', 'This PKCS#12 file has an unsupported structure'),
  GM_PKCS12_MAC: malformed('PFX 文件没有完整性保护', 'This PKCS#12 file is not protected by a password MAC'),
  GM_ENVELOPED_KEY: malformed('加密密钥对保护结构不正确', 'The enveloped key pair is not well formed'),
} as const satisfies Record<string, ErrorEntry>;

export type GmErrorCode = keyof typeof GM_ERRORS;

export const gmError = errorFactory(GM_ERRORS);
