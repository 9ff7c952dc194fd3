export const APPROVE_TEXTS = {
  zh: {
    title: '允许此网站使用证书助手？',
    claims: '网站自称：',
    certain: '以上网址由浏览器确认；名称由网站自己填写，请以网址为准。',
    insecure: '该网站没有使用加密连接（https），网址可能被冒充。仅在您确认网络可信时才允许。',
    may: '允许后，该网站可以',
    mayList: [
      '看到本机CA锁的证书信息（单位名称、证书序列号、介质硬件号、有效期、颁发机构）',
      '请求您用CA锁确认登录、绑定等操作，每次都需要您输入CA锁密码',
    ],
    mayNot: '该网站不能',
    mayNotList: ['看到CA锁密码或私钥', '在您不输入密码时使用CA锁', '让CA锁签署文件或其他内容'],
    allow: '允许',
    refuse: '不允许',
    allowed: '已允许。请返回原来的网页继续，本窗口可以关闭。',
    refused: '已拒绝。本窗口可以关闭。',
    revoke: '之后可随时在证书助手的“已授权网站”中撤销。',
  },
  en: {
    title: 'Let this site use the certificate assistant?',
    claims: 'The site calls itself: ',
    certain: 'The address is confirmed by the browser; the name is the site’s own claim. Trust the address.',
    insecure:
      'This site does not use an encrypted connection (https): its address can be faked. Allow it only on a network that you trust.',
    may: 'If you allow it, the site can',
    mayList: [
      'see the certificates of the keys on this computer (unit, serial number, device number, validity, issuer)',
      'ask you to confirm a login or a binding with the key; each time you enter the key’s password',
    ],
    mayNot: 'The site cannot',
    mayNotList: [
      'see the password or the private key',
      'use the key without your password',
      'have documents or anything else signed',
    ],
    allow: 'Allow',
    refuse: 'Do not allow',
    allowed: 'Allowed. Go back to the site; this window can be closed.',
    refused: 'Refused. This window can be closed.',
    revoke: 'You can take this back at any time in the assistant, under “Approved sites”.',
  },
} as const;
