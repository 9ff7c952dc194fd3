import { ACCESS_ERRORS, LIBRARY_ENTITY_ERRORS, REQUEST_ERRORS } from '@hufu/contracts';
import { type ErrorEntry, type ErrorRegister, errorFactory } from '@hufu/kernel';

const corrected = (status: number, zh: string, en: string): ErrorEntry => ({
  status,
  zh,
  en,
  retry: 'corrected',
});
const never = (status: number, zh: string, en: string): ErrorEntry => ({ status, zh, en, retry: 'never' });
const later = (status: number, zh: string, en: string): ErrorEntry => ({ status, zh, en, retry: 'later' });

/** Refusals of attachments (OD-37), beside the ground's FILE_EMPTY and FILE_TOO_LARGE. */
export const FILES_ERRORS = {
  LIBRARY_SESSION_REQUIRED: ACCESS_ERRORS.LIBRARY_SESSION_REQUIRED,
  LIBRARY_PRIMARY_ONLY: ACCESS_ERRORS.LIBRARY_PRIMARY_ONLY,
  LIBRARY_ENTITY_FROZEN: LIBRARY_ENTITY_ERRORS.LIBRARY_ENTITY_FROZEN,
  FILE_TYPE: REQUEST_ERRORS.FILE_TYPE,
  FILE_UNKNOWN: never(404, '没有这个附件', 'There is no such file.'),
  FILE_PAGE: never(404, '附件没有这一页', 'The file has no such page.'),
  FILE_PREVIEW: never(
    422,
    '此附件不能预览，请下载后查看',
    'This file cannot be previewed; download it to look at it.',
  ),
  FILE_RANGE: corrected(416, '请求的范围超出文件长度', 'The range lies outside the file.'),
  FILE_MISSING: corrected(422, '请选择要上传的文件', 'Choose a file.'),

  // What the content is
  FILE_EXECUTABLE: corrected(
    415,
    '这是可执行程序或脚本，不能作为附件上传；请上传 PDF、JPG 或 PNG 文件',
    'This is a program or a script. Upload a PDF, JPG or PNG file.',
  ),
  FILE_ARCHIVE: corrected(
    415,
    '这是压缩包，不能作为附件上传；请解压后逐个上传其中的 PDF、JPG 或 PNG 文件',
    'This is an archive. Unpack it and upload the PDF, JPG or PNG files in it one by one.',
  ),
  FILE_OFFICE: corrected(
    415,
    '这是办公软件的文档，请另存为 PDF 后上传',
    'This is a document of an office program. Save it as PDF and upload that.',
  ),
  FILE_DISGUISED: corrected(
    415,
    '文件的实际内容与文件名后缀不符，或夹带了其他文件；请用原始软件重新导出后上传',
    'The content is not what the name says, or another file is hidden in it. Export it anew and upload that.',
  ),
  FILE_DAMAGED: corrected(
    422,
    '文件不完整或已损坏，请确认能正常打开后重新上传',
    'The file is incomplete or damaged. Check that it opens, and upload it again.',
  ),
  FILE_DIGEST: corrected(
    422,
    '收到的内容与声明的摘要不一致，请重新上传',
    'What has arrived is not what was declared. Upload it again.',
  ),
  FILE_INFECTED: never(
    422,
    '文件中发现恶意程序，已拒绝接收；请检查您的电脑',
    'Malware was found in this file and it was refused. Check your computer.',
  ),
  FILE_SCANNER_SILENT: later(
    503,
    '病毒扫描服务暂时不可用，已上传的内容会保留，请稍后再提交',
    'The scanner is unavailable for the moment. What was uploaded is kept; try again shortly.',
  ),

  // Room
  FILE_QUOTA: corrected(
    413,
    '附件空间不足，请删除草稿中不用的附件，或联系互认系统工作台',
    'There is no room left for this file. Remove unused files from drafts, or contact the desk.',
  ),

  // Uploads in parts
  FILE_UPLOAD_UNKNOWN: corrected(
    404,
    '上传任务不存在或已过期，请重新上传',
    'There is no such upload, or it has run out. Begin anew.',
  ),
  FILE_OFFSET: corrected(
    409,
    '上传位置不一致，请从已接收的位置继续',
    'The bytes do not begin where the last ones ended. Go on from there.',
  ),
  FILE_LONGER: corrected(413, '上传的内容超过声明的大小', 'More bytes have come than were declared.'),
  FILE_INCOMPLETE: corrected(409, '文件还没有传完', 'The file has not arrived whole yet.'),
  FILE_PROTOCOL: corrected(
    412,
    '上传协议版本不受支持（需要 tus 1.0.0）',
    'This version of the upload protocol is not supported (tus 1.0.0 is).',
  ),
} as const satisfies ErrorRegister;

export const filesError = errorFactory(FILES_ERRORS);
