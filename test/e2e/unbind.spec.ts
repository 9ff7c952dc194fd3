import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { hohhot, hub, key, plugIn } from './support/demo.ts';
import { decide, enterDesk, leaveDesk, openRow, request } from './support/desk.ts';
import { letter } from './support/mailbox.ts';
import { pdfScan, pngScan, type Upload } from './support/scans.ts';
import { activateSecondary, bind, logIn } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

const UNIT = '鄂尔多斯市康巴招标代理有限公司';
const USCC = '91150602MA0Q8C63XF';
const TITLE = `${UNIT}CA证书解绑申请`;
const LICENCE = pngScan('营业执照.png', 1200, 1600);
const LETTER = pdfScan('法人授权委托书.pdf');

type Filling = {
  readonly unitName?: string;
  readonly uscc?: string;
  readonly nameChange?: string;
  readonly licence?: Upload;
  readonly letter?: Upload;
};

async function fill(page: Page, filling: Filling = {}): Promise<void> {
  await page.getByLabel('单位名称', { exact: true }).fill(filling.unitName ?? UNIT);
  await page.getByLabel('统一社会信用代码').fill(filling.uscc ?? USCC);
  await page.getByLabel('申请邮箱').fill('jingban@kangba.example.com');
  await page
    .getByLabel('单位名称是否发生过变更')
    .selectOption({ label: filling.nameChange ?? '没有变更，或变更已经办结' });
  await page.locator('input#field-licenceScan').setInputFiles(filling.licence ?? LICENCE);
  await page.locator('input#field-authorisation').setInputFiles(filling.letter ?? LETTER);
  await page.getByLabel('营业执照扫描件为彩色；如为黑白，已加盖企业公章').check();
}

const submit = (page: Page, button = '提交申请') => page.getByRole('button', { name: button }).click();

let statusLink = '';

test('HUB-008 HUB-100 HUB-102 HUB-103 the home page leads to the procedure, the requirements and the template', async ({
  page,
}) => {
  await page.goto(hub('/'));
  await page.getByRole('link', { name: 'CA证书解绑' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'CA证书解绑' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '办理流程' })).toBeVisible();
  await expect(page.getByText('营业执照扫描件如为黑白版本，需要加盖企业公章。')).toBeVisible();
  await expect(page.getByText('扫描件或照片图像清晰、完整、不偏斜、不失真')).toBeVisible();
  await expect(page.getByText('周一至周五（工作日）上午9:00-下午17:00')).toBeVisible();

  const downloads: readonly { readonly id: string; readonly sha256: string }[] = await (
    await page.request.get(hub('/api/v1/downloads'))
  ).json();
  const template = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载法人授权委托书模板' }).click();
  const file = await template;
  expect(file.suggestedFilename()).toBe('法人授权委托书模板.pdf');
  const digest = createHash('sha256')
    .update(fs.readFileSync(await file.path()))
    .digest('hex');
  expect(digest).toBe(downloads.find(({ id }) => id === 'letter-of-authorisation')?.sha256);
});

test('HUB-100 an enterprise that is not bound has nothing to unbind', async ({ page }) => {
  await page.goto(hub('/unbind'));
  await fill(page);
  await submit(page);
  await expect(page.getByText('该统一社会信用代码没有绑定记录，无需解绑').first()).toBeVisible();
});

test('MSG-29 a code with a wrong check digit is told at its field, and nothing is sent', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (one) => {
    if (one.method() === 'POST') sent.push(one.url());
  });
  await page.goto(hub('/unbind'));
  await fill(page, { uscc: `${USCC.slice(0, -1)}G` });
  await submit(page);
  await expect(page.getByText('统一社会信用代码校验不通过').first()).toBeVisible();
  await expect(page.getByLabel('统一社会信用代码')).toHaveAttribute('aria-invalid', 'true');
  expect(sent.filter((address) => address.includes('unbind'))).toEqual([]);
});

test('HUB-101 HUB-104 both scans are asked for, and only pictures and PDFs are taken', async ({ page }) => {
  await page.goto(hub('/unbind'));
  await submit(page);
  await expect(page.getByText('请上传此文件')).toHaveCount(2 * 2);
  const text = { name: '营业执照.txt', mimeType: 'text/plain', buffer: Buffer.from('not a scan') };
  await fill(page, { licence: text });
  await submit(page);
  await expect(page.getByText('只接受PDF、JPG、PNG文件', { exact: true }).first()).toBeVisible();
  // The name alone convinces nobody: the server judges the content.
  await page.locator('input#field-licenceScan').setInputFiles({ ...text, name: '营业执照.png' });
  await submit(page);
  await expect(page.getByText('FILE_TYPE')).toBeVisible();
});

test('HUB-108 the name must be the one on record, and a change of name must be finished', async ({
  page,
}) => {
  await bind(page, 'kangba-agency', { roles: ['招标代理'] });
  await expect(page.getByText('绑定成功')).toBeVisible();
  await page.goto(hub('/unbind'));
  await fill(page, { nameChange: '正在变更，尚未办结' });
  await submit(page);
  const first = '如发生单位名称变更，请先前往盟市申请变更单位名称后，再申请办理CA解绑事宜';
  await expect(page.getByText('UNBIND_NAME_CHANGE_PENDING')).toBeVisible();
  await expect(page.getByText(first).first()).toBeVisible();
  await fill(page, { unitName: '鄂尔多斯市康巴招标咨询有限公司' });
  await submit(page);
  await expect(page.getByText('UNBIND_NAME_MISMATCH')).toBeVisible();
});

test('HUB-104 HUB-105 HUB-106 HUB-107 an application gets its title, its day, a warning and a mail', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (one) => {
    if (one.url().endsWith('/unbind-deadline')) asked.push(one.url());
  });
  await page.clock.install();
  await page.goto(hub('/unbind'));
  const deadline = page.getByText(/^现在提交，将在\d{4}-\d{2}-\d{2}办理$/);
  await expect(deadline).toBeVisible();
  await expect(page.getByText(/^当前不?在办理时间内$/)).toBeVisible();
  const before = asked.length;
  await page.clock.runFor(31_000);
  await expect.poll(() => asked.length).toBeGreaterThan(before);
  const [day] = /\d{4}-\d{2}-\d{2}/.exec((await deadline.textContent()) ?? '') ?? [];
  const shanghai = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const [today = '', time = ''] = shanghai.format(Date.now()).split(' ');
  if (time < '17:00') expect(day! >= today).toBe(true);
  else expect(day! > today).toBe(true);

  await expect(page.getByText('申请名称：单位名称CA证书解绑申请')).toBeVisible();
  await fill(page, { licence: pngScan('模糊.png', 200, 300) });
  await expect(page.getByText(`申请名称：${TITLE}`)).toBeVisible();
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: '申请已受理' })).toBeVisible();
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(page.getByText(day!)).toBeVisible();
  const warning = page.getByText('图像像素较低，可能看不清，建议更换更清晰的扫描件');
  await expect(warning).toBeVisible();
  await page.getByRole('link', { name: '查看办理进度' }).click();
  await expect(page.getByText('已受理，待初审').first()).toBeVisible();
  await expect(warning).toBeVisible();
  statusLink = page.url();

  const mail = await letter(page, `已收到：${TITLE}`);
  await expect(mail.getByText('收件人: jingban@kangba.example.com')).toBeVisible();
  await expect(mail.getByRole('link', { name: statusLink })).toBeVisible();
});

test('HUB-100 a second application for the same enterprise is not taken while one is open', async ({
  page,
}) => {
  await page.goto(hub('/unbind'));
  await fill(page);
  await submit(page);
  await expect(page.getByText('该单位已有正在办理的解绑申请，请勿重复提交').first()).toBeVisible();
});

test('HUB-104 HUB-107 SM-UNBIND the clerk sends it back with reasons; corrected, it starts anew', async ({
  page,
  browser,
}) => {
  const clerk = await enterDesk(browser, 'desk-clerk');
  const drawer = await openRow(clerk, '/desk/unbind', UNIT);
  await expect(drawer.getByText('图像像素较低，可能看不清，建议更换更清晰的扫描件')).toBeVisible();
  await expect(drawer.getByRole('img', { name: '营业执照扫描件' })).toBeVisible();
  await expect(drawer.getByText('与申请一致')).toBeVisible();
  await drawer.getByRole('button', { name: '退回' }).click();
  const dialog = clerk.getByRole('dialog').last();
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(dialog.getByText('至少选择一项')).toBeVisible();
  await dialog.getByLabel('图像不清晰').check();
  await dialog.getByLabel('给申请人的说明').fill('请重新扫描营业执照');
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(drawer.getByText('已退回')).toBeVisible();
  await leaveDesk(clerk);

  const mail = await letter(page, `未通过：${TITLE}`);
  await expect(mail.getByText(/图像不清晰[\s\S]*请重新扫描营业执照/)).toBeVisible();

  await page.goto(statusLink);
  await expect(page.getByText('已退回').first()).toBeVisible();
  await expect(page.getByText('图像不清晰').first()).toBeVisible();
  await fill(page);
  await submit(page, '重新提交');
  await expect(page.getByRole('button', { name: '重新提交' })).toHaveCount(0);
  await expect(page.getByText('已受理，待初审').first()).toBeVisible();
});

test('HUB-107 HUB-109 SM-UNBIND one checks, another approves with a signature; the key can then be bound anew', async ({
  page,
  browser,
}) => {
  const clerk = await enterDesk(browser, 'desk-clerk');
  const checking = await openRow(clerk, '/desk/unbind', UNIT);
  await checking.getByRole('button', { name: '初审通过' }).click();
  await clerk.getByRole('dialog').last().getByRole('button', { name: '初审通过' }).click();
  await expect(checking.getByText('初审通过，待复核')).toBeVisible();

  const own = await openRow(clerk, '/desk/approvals', '解除绑定');
  await expect(own.getByText('本人提出，须由另一人复核')).toBeVisible();
  await expect(own.getByRole('button', { name: '同意', exact: true })).toHaveCount(0);
  const id = new URL(clerk.url()).pathname.split('/').at(-1);
  const proof = { challengeId: 'x'.repeat(22), certificate: 'AAAA', signature: 'AAAA', mediaNo: null };
  const refused = await request(clerk, {
    method: 'POST',
    path: `/api/v1/desk/approvals/${id}/decision`,
    body: { decision: 'APPROVE', note: '', proof },
  });
  expect(refused).toEqual({ status: 403, code: 'DESK_FORBIDDEN' });
  await leaveDesk(clerk);

  await logIn(page, 'kangba-agency');
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();

  const reviewer = await enterDesk(browser, 'desk-reviewer');
  await decide(reviewer, { by: 'desk-reviewer', step: '解除绑定', note: '材料齐全' });
  await leaveDesk(reviewer);

  await page.goto(hub('/session'));
  await expect(page.getByText('请先登录')).toBeVisible();
  await page.goto(statusLink);
  await expect(page.getByText('已解绑').first()).toBeVisible();
  await letter(page, `已办结：${TITLE}`);
  await logIn(page, 'kangba-agency');
  await expect(page.getByText('该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！')).toBeVisible();

  await bind(page, 'kangba-agency', { roles: ['招标代理'] });
  await expect(page.getByText('绑定成功')).toBeVisible();
  await expect(page.getByText(`${UNIT}已绑定，这把锁是主锁。请继续下一步。`)).toBeVisible();
});

test('HUB-065 the first login to a platform activates the enterprise there, and nowhere else', async ({
  page,
}) => {
  const target = (name: RegExp) => page.locator('label', { has: page.getByRole('radio', { name }) });
  await logIn(page, 'kangba-agency');
  await page.getByRole('link', { name: '进入授权' }).click();
  await expect(target(/呼和浩特/).getByText('首次登录即激活')).toBeVisible();
  await page.getByRole('radio', { name: /呼和浩特/ }).check();
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(hohhot('/'));
  await page.goto(hub('/platforms'));
  await expect(target(/呼和浩特/).getByText('已激活')).toBeVisible();
  await expect(target(/乌兰察布/).getByText('首次登录即激活')).toBeVisible();
});

test('SM-UNBIND who checked an application cannot approve it, reviewer or not', async ({ page, browser }) => {
  await page.goto(hub('/unbind'));
  await fill(page);
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: '申请已受理' })).toBeVisible();

  const reviewer = await enterDesk(browser, 'desk-reviewer');
  const drawer = await openRow(reviewer, '/desk/unbind?state=SUBMITTED', UNIT);
  await drawer.getByRole('button', { name: '初审通过' }).click();
  await reviewer.getByRole('dialog').last().getByRole('button', { name: '初审通过' }).click();
  await expect(drawer.getByText('初审通过，待复核')).toBeVisible();
  const own = await openRow(reviewer, '/desk/approvals', '解除绑定');
  await expect(own.getByText('本人提出，须由另一人复核')).toBeVisible();
  await expect(own.getByRole('button', { name: '同意', exact: true })).toHaveCount(0);
  const id = new URL(reviewer.url()).pathname.split('/').at(-1);
  const proof = { challengeId: 'x'.repeat(22), certificate: 'AAAA', signature: 'AAAA', mediaNo: null };
  const refused = await request(reviewer, {
    method: 'POST',
    path: `/api/v1/desk/approvals/${id}/decision`,
    body: { decision: 'APPROVE', note: '', proof },
  });
  expect(refused).toEqual({ status: 403, code: 'DESK_SELF_APPROVAL' });
  await leaveDesk(reviewer);
});

test('SM-UNBIND an objection from another key of the enterprise stops it; the desk can close it', async ({
  page,
  browser,
}) => {
  const unitName = '内蒙古青山建设工程有限公司';
  await activateSecondary(page, { primary: 'qingshan-1', secondary: 'qingshan-2' });
  await page.goto(hub('/unbind'));
  await fill(page, { unitName, uscc: '91150102MA0N7A2144' });
  await submit(page);
  await page.getByRole('link', { name: '查看办理进度' }).click();
  await expect(page.getByText('已受理，待初审').first()).toBeVisible();
  const link = page.url();

  await logIn(page, 'qingshan-2');
  await expect(page.getByText(/有\d+条未读通知/)).toBeVisible();
  await page.goto(hub('/profile'));
  await expect(page.getByText('有人为本单位申请CA证书解绑').first()).toBeVisible();
  await page.getByRole('link', { name: '去处理' }).first().click();
  await page.getByRole('button', { name: '提出异议' }).click();
  await expect(page.getByText('此项必填')).toBeVisible();
  await page.getByLabel('异议理由').fill('本单位的锁没有遗失');
  await page.getByRole('button', { name: '提出异议' }).click();
  await expect(page.getByText('异议已受理，该申请停止办理')).toBeVisible();
  await page.goto(link);
  await expect(page.getByText('本单位提出异议，已停止').first()).toBeVisible();
  await letter(page, `已暂停：${unitName}CA证书解绑申请`);

  const clerk = await enterDesk(browser, 'desk-clerk');
  const drawer = await openRow(clerk, '/desk/unbind', unitName);
  await expect(drawer.getByText('本单位的锁没有遗失')).toBeVisible();
  await expect(drawer.getByRole('button', { name: '初审通过' })).toHaveCount(0);
  await drawer.getByRole('button', { name: '退回' }).click();
  const dialog = clerk.getByRole('dialog').last();
  await dialog.getByLabel('其他原因').check();
  await dialog.getByRole('button', { name: '退回' }).click();
  await expect(drawer.getByText('已退回')).toBeVisible();
  await leaveDesk(clerk);

  plugIn('qingshan-1');
  await logIn(page, 'qingshan-1', key('qingshan-1').pin);
  await expect(page.getByText('内蒙古青山建设工程有限公司').first()).toBeVisible();
  await expect(page.getByText('主锁').first()).toBeVisible();
});
