/** 变更企业信息, 挂失补办 and 重新申请: the warning of MOB-045 and the re-wrap offer of OD-31. */
export const change = {
  of: {
    CHANGE: {
      title: '变更企业信息',
      why: '变更后将生成新的密钥和证书，原证书立即失效。用原证书加密的文件，只有原密钥能解密。',
      goOn: '确认变更',
      cancel: '不变更',
    },
    REISSUE: {
      title: '挂失补办',
      why: '手机丢失、PIN码锁定或本机密钥被清除时办理。提交后原证书立即挂失停用；补办将生成新的密钥和证书。用原证书加密的文件，只有还保存着原密钥的设备能解密。',
      goOn: '确认挂失补办',
      cancel: '不办理',
    },
    REAPPLY: {
      title: '重新申请',
      why: '重新申请将生成新的密钥和证书。用原证书加密的文件，只有原密钥能解密。',
      goOn: '确认重新申请',
      cancel: '暂不申请',
    },
  },
  warning: 'CA证书一经变更，不能恢复，无法解密原有文件！',
  which: '要变更的证书',
  none: '没有仍用该证书加密的文件。',
  some: (count: number) => `仍有${count}个文件用该证书加密`,
  waiting: '等待开标',
  rewrapOffer: '下载新证书后，可以把这些文件的密钥换用新证书加密。请在那之前保留本机上的原证书。',
  nameEach: '以下文件正在等待开标。请逐一确认：变更后如未换用新密钥，将无法解密。',
  acceptEnvelope: (title: string) => `我知道“${title}”可能无法解密`,
  accept: '我已了解：CA证书一经变更，不能恢复，无法解密原有文件',
  acceptMissing: '请先确认已了解上面的提示',
};
