import fs from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { authority, hohhot, hub, key, plugIn } from './support/demo.ts';
import { decide, enterDesk, giveReason, leaveDesk, openRow, request } from './support/desk.ts';
import { logIn, signHere } from './support/walk.ts';

const HOHHOT = '呼和浩特市公共资源交易平台';
const HETAO = '河套CA（演示）';
const QINGSHAN = '内蒙古青山建设工程有限公司';

/** A proof that proves nothing: enough to see that the step is refused before anything is verified. */
const NO_PROOF = { challengeId: 'x'.repeat(22), certificate: 'AAAA', signature: 'AAAA', mediaNo: null };

const idOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** The same step by direct request of who proposed it (GEN-004). */
const decideOwn = (page: Page) =>
  request(page, {
    method: 'POST',
    path: `/api/v1/desk/approvals/${idOf(page)}/decision`,
    body: { decision: 'APPROVE', note: '', proof: NO_PROOF },
  });

async function trustListSequence(page: Page): Promise<number> {
  const list: { payload: string } = await (await page.request.get(hub('/trust-list.json'))).json();
  const payload: { sequence: number } = JSON.parse(Buffer.from(list.payload, 'base64url').toString('utf8'));
  return payload.sequence;
}

test('an operator logs in with a key and sees the state of the hub; a key of an enterprise does not', async ({
  page,
  browser,
}) => {
  plugIn('qingshan-1');
  await page.goto(hub('/desk'));
  await signHere(page, key('qingshan-1').pin, '立即登录');
  await expect(page.getByText('该证书不是有效的操作员证书')).toBeVisible();

  const admin = await enterDesk(browser, 'desk-admin');
  await expect(admin.getByText('苏和')).toBeVisible();
  const main = admin.getByRole('main');
  for (const tile of ['待办解绑申请', '待复核事项', '绑定单位']) {
    await expect(main.getByRole('link', { name: new RegExp(`^\\d+\\s*${tile}`) })).toBeVisible();
  }
  await expect(main.getByText('今日登录')).toBeVisible();
  await expect(main.getByRole('link', { name: HETAO })).toBeVisible();
  await admin.getByRole('button', { name: '退出工作台' }).click();
  await expect(admin.getByRole('heading', { level: 1, name: '工作台登录' })).toBeVisible();
  await leaveDesk(admin);
});

test('a platform is suspended at once, even for who stands before 「确认登录」; only two people resume it', async ({
  page,
  browser,
}) => {
  await logIn(page, 'qingshan-1');
  await page.getByRole('link', { name: '进入授权' }).click();
  await page.getByRole('radio', { name: /呼和浩特/ }).check();
  await page.getByRole('button', { name: '确认授权' }).click();
  await expect(page.getByRole('heading', { name: '第三方交易平台信息确认' })).toBeVisible();

  const admin = await enterDesk(browser, 'desk-admin');
  const drawer = await openRow(admin, '/desk/platforms', HOHHOT);
  await drawer.getByRole('button', { name: '暂停' }).click();
  const dialog = admin.getByRole('dialog').last();
  await dialog.getByRole('button', { name: '暂停' }).click();
  await expect(dialog.getByText('此项必填')).toBeVisible();
  await giveReason(admin, '平台出现安全事件', '暂停');
  await expect(drawer.getByText('已暂停')).toBeVisible();

  await page.getByRole('button', { name: '确认登录' }).click();
  await expect(page.getByText('该交易平台已暂停通过CA互认系统登录，请联系该平台技术支持')).toBeVisible();
  await expect(page.getByText('HUB_PLATFORM_SUSPENDED')).toBeVisible();
  await page.goto(hub('/platforms'));
  await expect(page.getByRole('radio', { name: /呼和浩特/ })).toBeDisabled();

  await drawer.getByRole('button', { name: '恢复' }).click();
  await giveReason(admin, '事件已处理', '恢复');
  await expect(drawer.getByText('已提出，等待另一人复核')).toBeVisible();
  await expect(drawer.getByText('已暂停')).toBeVisible();
  await drawer.getByRole('link', { name: '查看待复核事项' }).click();
  await expect(admin.getByText('本人提出，须由另一人复核')).toBeVisible();
  await expect(admin.getByRole('button', { name: '同意', exact: true })).toHaveCount(0);
  expect(await decideOwn(admin)).toEqual({ status: 403, code: 'DESK_SELF_APPROVAL' });

  const reviewer = await enterDesk(browser, 'desk-reviewer');
  await decide(reviewer, { by: 'desk-reviewer', step: '恢复平台' });
  await leaveDesk(admin, reviewer);

  await page.goto(hub('/platforms'));
  await page.getByRole('radio', { name: /呼和浩特/ }).check();
  await page.getByRole('button', { name: '确认授权' }).click();
  await page.getByRole('button', { name: '确认登录' }).click();
  await page.waitForURL(hohhot('/'));
  await expect(page.getByRole('heading', { name: '您已登录' })).toBeVisible();
});

test('an authority is suspended at once, its keys refused and the trust list published; two people resume it', async ({
  page,
  browser,
}) => {
  const before = await trustListSequence(page);
  const admin = await enterDesk(browser, 'desk-admin');
  const drawer = await openRow(admin, '/desk/authorities', HETAO);
  await drawer.getByRole('button', { name: '暂停互认' }).click();
  await giveReason(admin, '年检未通过', '暂停互认');
  await expect(drawer.getByRole('button', { name: '恢复互认' })).toBeVisible();

  await logIn(page, 'kangba-agency');
  await expect(page.getByText('该证书的签发机构已被暂停互认，暂不能使用')).toBeVisible();
  await expect.poll(() => trustListSequence(page), { timeout: 30_000 }).toBeGreaterThan(before);
  const suspended = await trustListSequence(page);

  await drawer.getByRole('button', { name: '恢复互认' }).click();
  await giveReason(admin, '年检补正', '恢复互认');
  await expect(drawer.getByText('已提出，等待另一人复核')).toBeVisible();
  await logIn(page, 'kangba-agency');
  await expect(page.getByText('该证书的签发机构已被暂停互认，暂不能使用')).toBeVisible();

  const reviewer = await enterDesk(browser, 'desk-reviewer');
  await decide(reviewer, { by: 'desk-reviewer', step: '恢复CA互认' });
  await leaveDesk(admin, reviewer);
  await logIn(page, 'kangba-agency');
  await expect(page.getByText('该CA锁尚未绑定，请返回CA互认系统首页，进行绑定操作！')).toBeVisible();
  await expect.poll(() => trustListSequence(page), { timeout: 30_000 }).toBeGreaterThan(suspended);
});

test('a policy with a grace and its end is proposed, refused when boundless, shown side by side, and approved', async ({
  browser,
}) => {
  const admin = await enterDesk(browser, 'desk-admin');
  const drawer = await openRow(admin, '/desk/authorities', HETAO);
  await drawer.getByRole('button', { name: '修改策略' }).click();
  await drawer.getByLabel('宽限秒数').fill('3600');
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('此项必填').first()).toBeVisible();
  await drawer.getByLabel('事由').fill('吊销列表服务器检修');
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('宽限必须同时设定时长与截止时间，截止时间不得超过30天')).toBeVisible();
  const end = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await drawer.getByLabel('宽限截止日期').fill(end);
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('已提出，等待另一人复核')).toBeVisible();
  await expect(drawer.getByText('3600')).toHaveCount(0);

  const reviewer = await enterDesk(browser, 'desk-reviewer');
  const step = await openRow(reviewer, '/desk/approvals', '修改核验策略');
  const change = step.getByRole('row').filter({ hasText: '宽限秒数' });
  await expect(change.getByRole('cell')).toHaveText(['0', '3600']);
  await decide(reviewer, { by: 'desk-reviewer', step: '修改核验策略' });
  const after = await openRow(reviewer, '/desk/authorities', HETAO);
  await expect(after.getByText('3600')).toBeVisible();
  await expect(after.getByText(new RegExp(end))).toBeVisible();
  await leaveDesk(admin, reviewer);
});

test('HUB-011 a platform is registered by one, its secret shown this once; it joins when a second has agreed', async ({
  browser,
}) => {
  const admin = await enterDesk(browser, 'desk-admin');
  await admin.goto(hub('/desk/platforms'));
  await admin.getByRole('link', { name: '登记平台' }).click();
  const drawer = admin.getByRole('dialog');
  await drawer.getByRole('button', { name: '登记', exact: true }).click();
  await expect(drawer.getByText(/有\d+项需要修改/)).toBeVisible();
  await drawer.getByLabel('平台编码').fill('rehearsal');
  await drawer.getByLabel('平台名称').fill('盟市演练交易平台');
  await drawer.getByLabel('英文名称').fill('Rehearsal');
  await drawer.getByLabel('技术支持电话').fill('0471-1234567');
  await drawer
    .getByLabel('回调地址', { exact: false })
    .first()
    .fill('https://rehearsal.example.com/callback');
  await expect(drawer.getByText('登记后为未加入状态，用户还不能进入；加入互认须另一人复核。')).toBeVisible();
  await drawer.getByLabel('事由').fill('接入演练');
  await drawer.getByRole('button', { name: '登记', exact: true }).click();
  await expect(drawer.getByText('只显示这一次，请立即交给平台技术人员保存。')).toBeVisible();
  const copy = await drawer.getByRole('button', { name: /^复制 / }).getAttribute('aria-label');
  const secret = copy?.replace('复制 ', '') ?? '';
  expect(secret.length).toBeGreaterThan(20);
  await drawer.getByRole('button', { name: '申请接入' }).click();
  await giveReason(admin, '签订接入协议', '申请接入');
  await expect(drawer.getByText('已提出，等待另一人复核')).toBeVisible();
  await admin.goto(hub('/desk/platforms/rehearsal'));
  await expect(drawer.getByText('未加入', { exact: true })).toBeVisible();
  await expect(admin.getByText(secret)).toHaveCount(0);
  const reviewer = await enterDesk(browser, 'desk-reviewer');
  const step = await openRow(reviewer, '/desk/approvals', '修改平台');
  const change = step.getByRole('row').filter({ hasText: '已加入互认' });
  await expect(change.getByRole('cell')).toHaveText(['否', '是']);
  await decide(reviewer, { by: 'desk-reviewer', step: '修改平台' });
  await admin.reload();
  await expect(admin.getByText('https://rehearsal.example.com/callback')).toBeVisible();
  await expect(drawer.getByText('已加入互认', { exact: true })).toBeVisible();
  await expect(admin.getByText(secret)).toHaveCount(0);
  const listed = await (await admin.request.get(hub('/api/v1/desk/platforms'))).text();
  expect(listed).toContain('rehearsal');
  expect(listed).not.toContain(secret);
  await leaveDesk(admin, reviewer);
});

const pem = (der: string) =>
  `-----BEGIN CERTIFICATE-----\n${der.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----`;

test('HUB-012 MSG-22 an authority is recognised by two people, and still its keys from outside the region are refused', async ({
  page,
  browser,
}) => {
  const foreign = authority('waisheng-ca');
  const admin = await enterDesk(browser, 'desk-admin');
  await admin.goto(hub('/desk/authorities'));
  await admin.getByRole('link', { name: '认可机构' }).click();
  const drawer = admin.getByRole('dialog');
  const fill = async (label: string, text: string) =>
    drawer.getByRole('textbox', { name: label, exact: true }).fill(text);
  await fill('机构编码', 'waisheng-ca');
  await fill('机构名称', '外省根CA（演示）');
  await fill('英文名称', 'Out-of-region root (demo)');
  await fill('电话', '025-55550404');
  await fill('所属区划', '320000');
  await fill('证书格式', foreign.profileId);
  await fill('根与中级证书（PEM）', 'no certificate');
  await fill('事由', '省际互认试点');
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('不是PEM格式的证书').first()).toBeVisible();
  await fill('根与中级证书（PEM）', pem(foreign.certificates[0] ?? ''));
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('该CA机构编码已存在')).toBeVisible();
  await fill('机构编码', 'waisheng-root');
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('已提出，等待另一人复核')).toBeVisible();
  await admin.goto(hub('/desk/authorities'));
  await expect(admin.getByText(HETAO)).toBeVisible();
  await expect(admin.getByText('外省根CA（演示）')).toHaveCount(0);

  const reviewer = await enterDesk(browser, 'desk-reviewer');
  await decide(reviewer, { by: 'desk-reviewer', step: '认可CA机构' });
  const listed = await openRow(reviewer, '/desk/authorities', '外省根CA（演示）');
  await expect(listed.getByText('320000 区外')).toBeVisible();
  await leaveDesk(admin, reviewer);

  await logIn(page, 'outside');
  await expect(
    page.getByText('该CA数字证书不在本区CA互认范围内，请使用自治区内已加入全区CA互认的CA数字证书').first(),
  ).toBeVisible();
});

test('who says no must say why, and nothing changes', async ({ browser }) => {
  const admin = await enterDesk(browser, 'desk-admin');
  const drawer = await openRow(admin, '/desk/authorities', HETAO);
  await drawer.getByRole('button', { name: '修改策略' }).click();
  await drawer.getByLabel('等待上限（毫秒）').fill('119999');
  await drawer.getByLabel('事由').fill('延长等待');
  await drawer.getByRole('button', { name: '提出' }).click();
  await expect(drawer.getByText('已提出，等待另一人复核')).toBeVisible();
  const reviewer = await enterDesk(browser, 'desk-reviewer');
  const step = await openRow(reviewer, '/desk/approvals', '修改核验策略');
  await step.getByRole('button', { name: '不同意', exact: true }).click();
  await expect(step.getByText('此项必填')).toBeVisible();
  await decide(reviewer, { by: 'desk-reviewer', step: '修改核验策略', decision: '不同意', note: '过长' });
  const after = await openRow(reviewer, '/desk/authorities', HETAO);
  await expect(after.getByText('等待上限（毫秒）')).toBeVisible();
  await expect(after.getByText('119999')).toHaveCount(0);
  await leaveDesk(admin, reviewer);
});

test('a binding is found and opened; personal data is masked until a reason is given, which is audited', async ({
  browser,
}) => {
  const clerk = await enterDesk(browser, 'desk-clerk');
  await clerk.goto(hub('/desk/bindings'));
  await clerk.getByRole('searchbox', { name: '查找' }).fill('不存在的单位');
  await expect(clerk.getByText('没有符合条件的记录')).toBeVisible();
  await clerk.getByRole('searchbox', { name: '查找' }).fill('青山');
  await expect(clerk.getByRole('row').filter({ hasText: QINGSHAN })).toBeVisible();
  const drawer = await openRow(clerk, '/desk/bindings?q=青山', QINGSHAN);
  await expect(drawer.getByText('主锁', { exact: true })).toBeVisible();
  await expect(drawer.getByText('证书Key号', { exact: true })).toBeVisible();
  await expect(drawer.getByText('13847100000')).toHaveCount(0);
  await drawer.getByRole('button', { name: '显示完整信息' }).click();
  await giveReason(clerk, '核对解绑材料', '显示完整信息');
  await expect(drawer.getByText('13847100000')).toBeVisible();
  await leaveDesk(clerk);

  const auditor = await enterDesk(browser, 'desk-auditor');
  const entry = await openRow(auditor, '/desk/audit?action=enterprise.reveal', 'enterprise.reveal');
  await expect(entry.getByText('核对解绑材料')).toBeVisible();
  await expect(entry.getByText('13847100000')).toHaveCount(0);
  await leaveDesk(auditor);
});

test('GEN-004 the auditor reads and exports the log and changes nothing, not even by a direct request', async ({
  browser,
}) => {
  const auditor = await enterDesk(browser, 'desk-auditor');
  const platform = await openRow(auditor, '/desk/platforms', HOHHOT);
  for (const name of ['修改', '暂停', '更换密钥']) {
    await expect(platform.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  const authorities = await openRow(auditor, '/desk/authorities', HETAO);
  for (const name of ['修改策略', '暂停互认']) {
    await expect(authorities.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
  const refused = await request(auditor, {
    method: 'POST',
    path: '/api/v1/desk/platforms/hohhot/suspension',
    body: { reason: '试探' },
  });
  expect(refused).toEqual({ status: 403, code: 'DESK_FORBIDDEN' });

  await auditor.goto(hub('/desk/audit?action=platform.suspend'));
  await expect(auditor.getByRole('row').filter({ hasText: 'platform.suspend' }).first()).toBeVisible();
  const csv = auditor.waitForEvent('download');
  await auditor.getByRole('link', { name: '导出CSV' }).click();
  const text = fs.readFileSync(await (await csv).path(), 'utf8');
  expect(text).toContain('platform.suspend');
  expect(text).not.toContain('trust.suspend');
  const xlsx = auditor.waitForEvent('download');
  await auditor.getByRole('link', { name: '导出XLSX' }).click();
  const sheet = await xlsx;
  expect(sheet.suggestedFilename()).toMatch(/\.xlsx$/);
  expect(fs.readFileSync(await sheet.path()).subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004', 'latin1'));

  await auditor.goto(hub('/desk/audit?outcome=REFUSED'));
  await expect(auditor.getByRole('row').filter({ hasText: 'DESK_FORBIDDEN' }).first()).toBeVisible();
  await leaveDesk(auditor);
});

test('the clerk is offered no step of an administrator, and none is taken from a direct request', async ({
  browser,
}) => {
  const clerk = await enterDesk(browser, 'desk-clerk');
  const menu = clerk.getByRole('navigation', { name: '工作台菜单' });
  await expect(menu.getByRole('link', { name: '解绑申请' })).toBeVisible();
  await expect(menu.getByRole('link', { name: '审计日志' })).toHaveCount(0);
  await expect(menu.getByRole('link', { name: '操作员' })).toHaveCount(0);
  await clerk.goto(hub('/desk/platforms'));
  await expect(clerk.getByText(HOHHOT)).toBeVisible();
  await expect(clerk.getByRole('link', { name: '登记平台' })).toHaveCount(0);
  await clerk.goto(hub('/desk/authorities'));
  await expect(clerk.getByText(HETAO)).toBeVisible();
  await expect(clerk.getByRole('link', { name: '认可机构' })).toHaveCount(0);
  for (const call of [
    { method: 'POST', path: '/api/v1/desk/platforms/hohhot/secret', body: { reason: '试探' } },
    { method: 'POST', path: '/api/v1/desk/authorities/hetao-ca/suspension', body: { reason: '试探' } },
    { method: 'GET', path: '/api/v1/desk/audit' },
  ]) {
    expect(await request(clerk, call)).toEqual({ status: 403, code: 'DESK_FORBIDDEN' });
  }
  await leaveDesk(clerk);
});

test('a session that the desk ends is over at once', async ({ page, browser }) => {
  await logIn(page, 'qingshan-1');
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
  const admin = await enterDesk(browser, 'desk-admin');
  await admin.goto(hub('/desk/sessions'));
  await admin.getByRole('searchbox', { name: '查找' }).fill('没有这个单位');
  await expect(admin.getByText('没有符合条件的记录')).toBeVisible();
  await admin.getByRole('searchbox', { name: '查找' }).fill('青山');
  // The latest login stands first.
  const row = admin.getByRole('row').filter({ hasText: QINGSHAN }).first();
  await row.getByRole('button', { name: '结束会话' }).click();
  await expect(admin.getByText(`${QINGSHAN}将退出本系统及本次进入的所有平台。`)).toBeVisible();
  await giveReason(admin, '单位报失', '结束会话');
  await expect(admin.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('请先登录')).toBeVisible();
  await leaveDesk(admin);
});

test('GEN-011 each list shows the state of its rows; 「查看」 opens one, read-only', async ({ browser }) => {
  const auditor = await enterDesk(browser, 'desk-auditor');
  for (const [path, heading, state] of [
    ['/desk/platforms', '状态', /已加入互认|未加入|已暂停/],
    ['/desk/authorities', '状态', /正常|响应较慢|吊销列表待更新|无法连接|尚无数据|已暂停互认|未加入/],
    ['/desk/operators', '状态', /在岗|已停用/],
    ['/desk/audit', '结果', /成功|拒绝/],
  ] as const) {
    await auditor.goto(hub(path));
    await expect(auditor.getByRole('columnheader', { name: heading })).toBeVisible();
    const row = auditor.getByRole('row').nth(1);
    await expect(row.getByText(state).first()).toBeVisible();
    await row.getByRole('link', { name: '查看' }).click();
    const drawer = auditor.getByRole('dialog');
    await expect(drawer.getByRole('heading').first()).toBeVisible();
    await expect(drawer.getByRole('textbox')).toHaveCount(0);
  }
  await leaveDesk(auditor);
});

test('the desk fits a phone: its menu is folded, opens, leads on, and is folded again', async ({
  browser,
}) => {
  const clerk = await enterDesk(browser, 'desk-clerk');
  await clerk.setViewportSize({ width: 390, height: 844 });
  const menu = clerk.getByRole('button', { name: /^工作台菜单/ });
  const platforms = clerk
    .getByRole('navigation', { name: '工作台菜单' })
    .getByRole('link', { name: '交易平台' });
  await expect(menu).toHaveAttribute('aria-expanded', 'false');
  await expect(platforms).toBeHidden();
  await menu.click();
  await platforms.click();
  await expect(clerk.getByRole('heading', { level: 1, name: '交易平台' })).toBeVisible();
  await expect(menu).toHaveAttribute('aria-expanded', 'false');
  const overflow = await clerk.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
  await leaveDesk(clerk);
});
