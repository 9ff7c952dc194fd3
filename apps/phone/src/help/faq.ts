import type { help } from '../i18n/zh/help.ts';

export type FaqGroup = keyof typeof help.groups;
type Said = { readonly zh: string; readonly en: string };
export type Faq = { readonly group: FaqGroup; readonly question: Said; readonly answer: Said };

/** What the manual of the app teaches (办理流程, 业务管理), as questions. */
export const FAQ: readonly Faq[] = [
  {
    group: 'apply',
    question: { zh: '办理证书要准备什么材料？', en: 'What do I need to apply?' },
    answer: {
      zh: '清晰的营业执照图片、法人身份证信息、公章、法人章，以及企业申请书或个人申请书。申请书可以在办理的对应步骤下载，盖章后上传。',
      en: 'A clear picture of the business licence, name and ID number of the legal representative, the company seal, the legal representative’s seal, and the application form, which you download on the way and upload stamped.',
    },
  },
  {
    group: 'apply',
    question: { zh: '怎样登录和实名认证？', en: 'How do I log in and prove my real name?' },
    answer: {
      zh: '用手机验证码登录，然后点击首页最下方的“去认证”完成个人实名认证。完成后才能申请证书。',
      en: 'Log in with the code sent by SMS, then tap “Verify” at the bottom of the home page. Certificates can be applied for afterwards.',
    },
  },
  {
    group: 'apply',
    question: {
      zh: '首次怎样认领企业、申请证书？',
      en: 'How do I claim an enterprise and apply for the first time?',
    },
    answer: {
      zh: '实名认证后点击“申请企业证书”，选择交易平台，填写企业名称及统一社会信用代码认领企业；依次上传营业执照、填写证书信息、上传申请书，提交后等待审核即可。',
      en: 'Tap “Apply for an enterprise certificate”, choose the trading platform, enter the enterprise’s name and credit code; upload the licence, fill in the certificate details, upload the application form, submit and wait for the review.',
    },
  },
  {
    group: 'apply',
    question: { zh: '申请被退回怎么办？', en: 'My application was sent back. What now?' },
    answer: {
      zh: '在“我的申请”打开该申请，查看退回原因，点击“修改并重新提交”。不需要重新填写其他内容，次数不限。',
      en: 'Open it under “My applications”, read why, and tap “Correct and submit again”. Everything else is kept, and you may do so as often as needed.',
    },
  },
  {
    group: 'apply',
    question: { zh: '什么时候付款？', en: 'When do I pay?' },
    answer: {
      zh: '审核通过以后。支付证书费用后即可下载证书。审核通过前不需要支付任何费用。',
      en: 'After the approval. With the fee paid you download the certificate. Nothing is paid before.',
    },
  },
  {
    group: 'use',
    question: { zh: '怎样绑定证书？', en: 'How do I bind the certificate?' },
    answer: {
      zh: '认领企业并下载证书后，用账号密码或已有CA锁登录，点击右侧“扫码绑定证书”，再用标证通扫码，选择认领的企业证书进行绑定。',
      en: 'With the certificate on the phone, log in with the account or a USB key, choose “Bind a certificate by scan”, scan the code and choose the enterprise’s certificate.',
    },
  },
  {
    group: 'use',
    question: { zh: '怎样扫码登录？', en: 'How do I log in by scan?' },
    answer: {
      zh: '打开交易系统网址，点击右上角图标展开显示二维码；点击标证通首页的“开始扫码”，扫描二维码，核对网站与操作后输入PIN码。',
      en: 'Open the trading system, click the icon at the top right to show the code; tap “Scan” on the home page, scan it, check who asks for what, and enter the PIN.',
    },
  },
  {
    group: 'use',
    question: { zh: '怎样扫码签章？', en: 'How do I seal by scan?' },
    answer: {
      zh: '在业务系统中选择“手机扫码签章”，扫描出现的二维码，核对文件后输入PIN码。多个文件一次输入即可。',
      en: 'Choose “Seal by phone” in the system, scan the code, check the documents and enter the PIN. One PIN serves many documents.',
    },
  },
  {
    group: 'use',
    question: { zh: '怎样扫码解密投标文件？', en: 'How do I decrypt a bid by scan?' },
    answer: {
      zh: '项目开标时，在开标大厅或评标系统用标证通扫码解密。必须使用加密时的那张证书。开标前可在证书详情点击“解密检查”，确认本机能够解密。',
      en: 'At the opening of bids, scan the code in the opening hall or the evaluation system. It must be the certificate that the bid was encrypted to. “Check decryption” on the certificate’s page shows beforehand that this phone can.',
    },
  },
  {
    group: 'manage',
    question: { zh: '证书快到期怎么办？', en: 'The certificate expires soon. What now?' },
    answer: {
      zh: '在“证书管理”的“生效中”打开该证书，点击“续期”。到期前30天可以续期；续期保留加密密钥，原有加密文件仍可解密。',
      en: 'Open it under “In force” and tap “Renew”, within the last 30 days. Renewal keeps the encryption key, so that encrypted files can still be opened.',
    },
  },
  {
    group: 'manage',
    question: { zh: '企业证书已经过期怎么办？', en: 'The enterprise certificate has expired. What now?' },
    answer: {
      zh: '在“证书管理”的“已失效”打开该证书，点击“重新申请”。',
      en: 'Open it under “Ended” and tap “Apply again”.',
    },
  },
  {
    group: 'manage',
    question: { zh: '企业信息变更了怎么办？', en: 'The enterprise’s data have changed. What now?' },
    answer: {
      zh: '进入“人员管理”，点击顶部的企业名称，再点击“变更企业信息”。注意：CA证书一经变更，不能恢复，无法解密原有文件！',
      en: 'Under “People” tap the enterprise’s name at the top, then “Change the enterprise’s data”. Note: a changed certificate cannot be restored and cannot decrypt earlier files!',
    },
  },
  {
    group: 'manage',
    question: { zh: '怎样转授管理员？', en: 'How do I hand over administration?' },
    answer: {
      zh: '进入“人员管理”，点击办事人员姓名，再点击“转授管理员”。对方接受后生效。',
      en: 'Under “People” tap the operator’s name, then “Hand over administration”. It counts once it is accepted.',
    },
  },
  {
    group: 'manage',
    question: { zh: '怎样授权同事使用企业证书？', en: 'How do I let a colleague use the certificate?' },
    answer: {
      zh: '进入“授权管理”，点击右上角的“+”，选择证书、人员和平台。删除授权：在“按交易平台”或“按人员”的历史授权记录中点击删除，立即生效。',
      en: 'Under “Authorisations” tap “+” and choose certificate, person and platforms. To end one, delete it in its history, by platform or by person; it ends at once.',
    },
  },
  {
    group: 'safe',
    question: { zh: '手机丢了怎么办？', en: 'My phone is lost. What now?' },
    answer: {
      zh: '立即在另一台手机的“设备管理”中冻结它；没有另一台手机，可用USB证书锁登录CA互认系统或主体信息库冻结，或联系CA机构挂失。',
      en: 'Freeze it at once under “Devices” on another phone; without one, with a USB key at the hub or the entity library, or have the authority report the certificate lost.',
    },
  },
  {
    group: 'safe',
    question: { zh: '忘记PIN码怎么办？', en: 'I forgot the PIN. What now?' },
    answer: {
      zh: 'PIN码不能找回。可以从存有同一证书的另一台设备重新共享到本机，或重新申请证书。输错10次后本机的证书将被锁定。',
      en: 'A PIN cannot be recovered. Share the certificate again from another device that holds it, or apply anew. After ten wrong PINs the certificate on this phone is locked.',
    },
  },
  {
    group: 'safe',
    question: { zh: '私钥保存在哪里？', en: 'Where is the private key?' },
    answer: {
      zh: '任何地方都没有完整的私钥。手机和密钥服务各持一半，每次使用都需要两半和您的PIN码。',
      en: 'Nowhere in one piece. The phone holds one half, the vault the other; every use needs both, and your PIN.',
    },
  },
  {
    group: 'safe',
    question: { zh: '扫码前要注意什么？', en: 'What should I look at before I confirm?' },
    answer: {
      zh: '核对手机上显示的网站、操作和来源，不是自己发起的请点击拒绝。手机显示的确认码，只在您自己打开的网页上输入。',
      en: 'Check the site, the act and where it comes from; refuse what you did not begin. Type the code only into the page that you opened yourself.',
    },
  },
];
