import { setTimeout as delay } from 'node:timers/promises';
import { expect, type Page, test } from '@playwright/test';
import { findings } from './support/axe.ts';
import { hub, key, plugIn } from './support/demo.ts';
import { attach, enterLibrary, field, front, haveSeal, openLibrary, put, putAll } from './support/library.ts';
import { signHere } from './support/walk.ts';

test.describe.configure({ mode: 'serial' });

const QINGSHAN = '内蒙古青山建设工程有限公司';
const SCHOOL = '新城区实验学校建设工程';
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
});
test.afterAll(() => page.context().close());

const submit = () => front(page).getByRole('button', { name: '提交', exact: true }).click();
const close = () => front(page).getByRole('button', { name: '关闭', exact: true }).click();
const row = (text: string) => page.getByRole('row').filter({ hasText: text });

test('LIB-LOGIN-09 LIB-REG-06 AST-015 AST-018 PLAT-006 what one must have is told before the login, with the way to it', async () => {
  await page.goto(hub('/library'));
  await expect(page.getByText(/须已办理介质数字证书（CA锁）或移动数字证书/)).toBeVisible();
  await expect(page.getByRole('link', { name: /移动CA互认APP与移动CA办理指南/ })).toHaveAttribute(
    'href',
    /\/downloads#phone$/,
  );
  await expect(page.getByRole('link', { name: /^CA互认签章工具/ })).toBeVisible();
  await page.getByRole('link', { name: '内蒙古自治区CA互联互通小助手' }).click();
  await expect(page.getByText(/“内蒙古自治区CA互联互通小助手”就是这套驱动/)).toBeVisible();
  await page.getByRole('link', { name: '交易平台-系统配置操作手册' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '交易平台-系统配置操作手册' })).toBeVisible();
});

test('LIB-REG-03 LIB-REG-04 LIB-REG-07 LIB-REG-08 LIB-REG-09 an enterprise registers with its key', async () => {
  plugIn('qingshan-1');
  await page.goto(hub('/library'));
  await page.getByRole('link', { name: '用户注册' }).click();
  const go = page.getByRole('button', { name: 'CA注册' });
  await expect(go).toBeDisabled();
  await page.getByLabel('我已阅读并同意以上协议').check();
  await go.click();
  await signHere(page, key('qingshan-1').pin, '读取证书');
  await page.getByRole('button', { name: '注册', exact: true }).click();
  await expect(page.getByText('有4项需要修改')).toBeVisible();
  await page.getByLabel('注册申请人姓名').fill('巴特尔');
  await page.getByLabel('手机号').fill('13847100000');
  await page.getByLabel('身份证号').fill('150102199003074518');
  await page.getByLabel('投标人').check();
  await page.getByRole('button', { name: '注册', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: '主体信息' })).toBeVisible();
});

test('LIB-REG-11 MSG-27 LIB-BASE-01 LIB-BASE-02 LIB-BASE-03 nothing else opens until base information and the sealed letter are there', async () => {
  await page.goto(hub('/library/m/bank/bank-account'));
  await expect(page.getByRole('heading', { level: 1, name: '主体信息' })).toBeVisible();
  await expect(page.getByText('请先完善企业基本信息并签署承诺书')).toBeVisible();
  await page.getByRole('button', { name: /填写基本信息|继续填写/ }).click();
  expect(await findings(page)).toEqual([]);
  await put(page, '注册资本', '12,000.50');
  await expect(page.getByText('12,000.50 万元')).toBeVisible();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expect(page.getByRole('button', { name: '修改信息' })).toBeVisible();

  await haveSeal(page, QINGSHAN);
  plugIn('qingshan-1');
  await openLibrary(page, 'base');
  await page.getByRole('button', { name: '签章', exact: true }).click();
  await page.getByRole('button', { name: '确定', exact: true }).click();
  await signHere(page, key('qingshan-1').pin, '确认签章');
  await expect(page.getByText('签名有效')).toBeVisible();
  await page.getByRole('button', { name: '完成签章' }).click();
  await expect(page.getByText('注册完成，其他模块已开放')).toBeVisible();
  await openLibrary(page, 'base');
  await expect(page.getByText(/^还有[\d:]+失效$/)).toBeVisible();
});

test('LIB-BANK-02 LIB-BANK-03 an account is saved at once; what was typed survives a page that is loaded again', async () => {
  await openLibrary(page, 'm/bank/bank-account');
  await page.getByRole('link', { name: '新增账户' }).click();
  await putAll(page, { 账户类型: '一般存款账户', 账户名称: '青山建设', 银行账号: '6222 0806 0200 1234 567' });
  await expect(page.getByText('账户名称与主体名称不一致，请核对')).toBeVisible();
  await expect(page.getByText('已在本浏览器暂存')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^已恢复您/)).toBeVisible();
  await expect(field(page, '银行账号').locator('input')).toHaveValue('6222080602001234567');
  await putAll(page, { 账户名称: QINGSHAN, 开户银行: '中国工商银行', 开户网点: '新城支行' });
  await front(page).getByRole('button', { name: '保存', exact: true }).click();
  await expect(front(page).getByText('可在投标中使用')).toBeVisible();
  await close();

  await row('6222080602001234567').getByRole('button', { name: '作废' }).click();
  await expect(front(page).getByText('证明材料')).toHaveCount(0);
  await front(page).getByRole('button', { name: '取消' }).click();
  await expect(row('6222080602001234567').getByText('正常')).toBeVisible();
});

test('LIB-QUAL-03 LIB-QUAL-05 a qualification is drafted, submitted and voided with reason and proof', async () => {
  await openLibrary(page, 'm/qualification/qualification-housing');
  await page.getByRole('link', { name: '新增资质' }).click();
  await putAll(page, { 资质序列: '施工总承包', 资质专业类别: '建筑工程', 资质证书编号: 'D915001234' });
  await front(page).getByRole('button', { name: '保存', exact: true }).click();
  await expect(front(page).getByText('不可在投标中使用')).toBeVisible();
  await front(page).getByRole('link', { name: '编辑' }).click();
  await submit();
  await expect(front(page).getByText(/^有\d+项需要修改$/)).toBeVisible();
  await front(page).getByRole('link', { name: '发证机关' }).click();
  await expect(field(page, '发证机关').locator('input')).toBeFocused();
  await putAll(page, {
    资质等级: '一级（甲级）',
    发证机关: '住房和城乡建设部',
    发证日期: '2024-01-01',
    有效期至: '2029-01-01',
  });
  await attach(page, '资质证书电子件', '资质证书');
  await submit();
  await expect(front(page).getByText('可在投标中使用', { exact: true })).toBeVisible();

  await front(page).getByRole('button', { name: '作废' }).click();
  await front(page).getByRole('button', { name: '确定' }).click();
  await expect(front(page).getByText('请填写此项')).toHaveCount(2);
  await put(page, '作废原因', '证书换发');
  await attach(page, '证明材料', '换发通知');
  await front(page).getByRole('button', { name: '确定' }).click();
  await expect(front(page).getByText('不可在投标中使用')).toBeVisible();
  await expect(front(page).getByRole('button', { name: '删除' })).toHaveCount(0);
  await close();
  expect(await findings(page)).toEqual([]);
});

test('LIB-PERSON-02 LIB-PERSON-03 LIB-PERSON-04 people are entered and led to their five kinds of records', async () => {
  for (const [name, number] of [
    ['苏日娜', '150102198809232269'],
    ['额尔敦', '150102199104021183'],
  ] as const) {
    await openLibrary(page, 'm/person/person');
    await page.getByRole('link', { name: '新增', exact: true }).click();
    await putAll(page, {
      姓名: name,
      证件号码: number,
      手机号: '13847100001',
      入职日期: '2020-05-01',
      人员类别: '项目负责人',
    });
    await attach(page, '身份证件', '正面', '反面');
    await submit();
    await expect(front(page).getByRole('link', { name: '信息维护' })).toBeVisible();
  }
  await front(page).getByRole('link', { name: '信息维护' }).click();
  const tabs = page.getByRole('navigation', { name: '信息维护' });
  await expect(tabs.getByRole('link')).toHaveText([
    '基本信息',
    '学历信息',
    '资格证书',
    '获奖信息',
    '从业经历',
    '个人业绩',
  ]);
});

test('LIB-PROJ-06 LIB-PROJ-11 LIB-PROJ-13 LIB-PROJ-20 LIB-PROJ-21 a project is added and its leader changed, on the record', async () => {
  await openLibrary(page, 'm/project/project-general');
  await page.getByRole('link', { name: '新增场外项目' }).click();
  await putAll(page, {
    项目名称: SCHOOL,
    '标段（包）名称': '一标段',
    工程类型: '施工',
    工程类别: '房屋建筑工程',
    行政区划: '呼和浩特 新城',
    建设地点: '海拉尔大街',
    建设单位: '新城区教育局',
    招标方式: '公开招标',
    工程规模: '建筑面积12000平方米',
    中标金额: '3500',
    中标日期: '2024-03-01',
    工期: '365',
    合同签订日期: '2024-03-20',
    合同金额: '3500',
    开工日期: '2024-04-01',
    项目负责人: '苏日娜',
  });
  await attach(page, '中标通知书', '中标通知书');
  await attach(page, '合同', '合同');
  await submit();
  await expect(front(page).getByText('可在投标中使用', { exact: true })).toBeVisible();
  await close();

  await row(SCHOOL).getByRole('button', { name: '变更负责人' }).click();
  // Whoever types faster than the server answers must not be given a person of the list before.
  await page.route(/[?&]q=/, async (route) => {
    await delay(400);
    await route.continue();
  });
  await putAll(page, { 变更后负责人: '额尔敦', 变更日期: '2024-06-01', 变更原因: '原负责人调岗' });
  await attach(page, '证明材料', '变更申请');
  await front(page).getByRole('button', { name: '确定' }).click();
  await page.unroute(/[?&]q=/);
  await row(SCHOOL).getByRole('link', { name: '查看' }).click();
  await front(page).getByRole('button', { name: '变更记录' }).click();
  const change = page.locator('.timeline-entry').first();
  await expect(change.getByRole('row').filter({ hasText: '项目负责人' }).first()).toContainText(
    '苏日娜额尔敦',
  );
  await expect(change.getByRole('link', { name: '上链信息戳' })).toBeVisible();
});

async function complete(): Promise<void> {
  await front(page).getByRole('link', { name: '项目竣工' }).click();
  await submit();
  const papers = field(page, '竣工材料（竣工验收证明）');
  await expect(papers.or(front(page).getByText('可在投标中使用', { exact: true })).first()).toBeVisible();
}

test('LIB-PROJ-16 LIB-PROJ-17 LIB-PROJ-18 LIB-PERF-05 LIB-PERF-12 LIB-PERF-13 completed, voided, edited again, completed again: two performances', async () => {
  await complete();
  await putAll(page, {
    合同名称: '施工合同',
    实际竣工日期: '2025-06-01',
    竣工验收日期: '2025-07-01',
    质量评定: '合格',
  });
  await attach(page, '竣工材料（竣工验收证明）', '竣工验收证明');
  await submit();
  await expect(front(page).getByText('项目竣工')).toBeVisible();
  await expect(front(page).getByRole('button', { name: '变更负责人' })).toHaveCount(0);

  await openLibrary(page, 'm/performance/performance-general?q=新城区实验学校');
  await row(SCHOOL).getByRole('button', { name: '作废' }).click();
  await put(page, '作废原因', '合同金额有误');
  await attach(page, '证明材料', '情况说明');
  await front(page).getByRole('button', { name: '确定' }).click();
  await expect(row(SCHOOL).getByText('作废', { exact: true })).toBeVisible();

  await openLibrary(page, 'm/project/project-general?q=新城区实验学校');
  await expect(row(SCHOOL).getByText('项目竣工')).toBeVisible();
  await row(SCHOOL).getByRole('link', { name: '重新修改' }).click();
  await put(page, '合同金额', '3600');
  await front(page).getByRole('button', { name: '保存', exact: true }).click();
  await expect(front(page).getByText('项目在建')).toBeVisible();
  await complete();
  await openLibrary(page, 'm/performance/performance-general?q=新城区实验学校');
  await expect(row(SCHOOL)).toHaveCount(2);
});

test('LIB-DASH-01 the overview tells how much there is and leads to it', async () => {
  await openLibrary(page, 'home');
  await expect(page.getByRole('heading', { name: '影响投标的事项' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('link', { name: '企业银行账户' }).last().click();
  await expect(row('6222080602001234567')).toBeVisible();
});

test('PLAT-041 the enterprise sees what a platform has of it, and gives and takes back its consent', async () => {
  await openLibrary(page, 'platforms');
  const hohhot = page.getByRole('region', { name: '呼和浩特市公共资源交易平台' });
  await expect(hohhot.getByText('仅在本单位登录该平台期间可以查询。')).toBeVisible();
  await hohhot.getByRole('button', { name: /^授权查询/ }).click();
  await front(page).getByRole('button', { name: '授权查询' }).click();
  await expect(hohhot.getByText('已授权：没有人登录该平台时，该平台也可以查询。')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await hohhot.getByRole('button', { name: /^收回授权/ }).click();
  await front(page).getByRole('button', { name: '收回授权' }).click();
  await expect(hohhot.getByText('仅在本单位登录该平台期间可以查询。')).toBeVisible();
});

test('LIB-ACT-02 LIB-ACT-03 LIB-ACT-05 KEY-016 a further key is activated, and only looks', async ({
  browser,
}) => {
  const other = await (await browser.newContext()).newPage();
  await enterLibrary(other, 'qingshan-2');
  await expect(other.getByText('当前使用的CA锁未激活，请先激活')).toBeVisible();
  await other.getByRole('button', { name: '确认激活' }).click();
  await other.getByLabel('证书使用者').fill('其其格');
  await other.getByLabel('手机号').fill('13947100000');
  await other.getByRole('button', { name: '提交', exact: true }).click();
  await expect(other.getByText('当前锁不是主锁，仅可查看；如需维护信息请使用主锁登录')).toBeVisible();
  await openLibrary(other, 'm/bank/bank-account');
  await expect(other.getByRole('row').filter({ hasText: '6222080602001234567' })).toBeVisible();
  await expect(other.getByRole('link', { name: '新增账户' })).toHaveCount(0);
  await expect(other.getByRole('button', { name: '作废' })).toHaveCount(0);
  await openLibrary(other, 'keys');
  await expect(other.getByRole('link', { name: '变更' })).toHaveCount(1);
  await other.context().close();
});
