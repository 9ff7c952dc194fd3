import { expect, type Page, test } from '@playwright/test';
import { findings } from './support/axe.ts';
import { type CameraBrowser, openCameraBrowser } from './support/camera.ts';
import { hub } from './support/demo.ts';
import { enterDesk, leaveDesk, openRow } from './support/desk.ts';
import { issueSeal } from './support/library.ts';
import {
  applyFor,
  handIn,
  logInPhone,
  PIN,
  proveName,
  SIQIN,
  scanCode,
  takePhone,
  typePin,
  typeScanCode,
  YUNSHAN,
} from './support/phone.ts';

test.describe.configure({ mode: 'serial' });

const LETTER = 'apps/server/data/templates/letter-of-authorisation.pdf';

let camera: CameraBrowser;
let phone: Page;

test.beforeAll(async () => {
  camera = await openCameraBrowser();
  phone = await takePhone(camera);
});
test.afterAll(() => camera?.close());

/** The counter looks at every item. */
async function check(clerk: Page): Promise<void> {
  await clerk.getByRole('button', { name: '核验通过' }).click();
  for (const passed of await clerk.getByRole('radio', { name: '通过', exact: true }).all()) {
    await passed.check();
  }
  await clerk.getByRole('button', { name: '保存核验结果' }).click();
  await expect(clerk.getByText('初审人：')).toBeVisible();
}

/** A page that the phone logs in: it goes on without a click. */
async function logInByPhone(page: Page): Promise<void> {
  await page.goto(hub('/login'));
  await page.getByLabel('标证通扫码').check();
  await scanCode(phone, camera, page);
  await expect(phone.getByText(new URL(hub('/')).origin)).toBeVisible();
  await typeScanCode(phone, page);
  await phone.getByRole('button', { name: '确认登录' }).click();
  await typePin(phone, PIN, '确认登录');
  await expect(phone.getByText('已确认登录')).toBeVisible();
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
}

test('MOB-002 MOB-003 MOB-010 MOB-015 login by SMS, real name, application with every step, up to 审核中', async () => {
  await logInPhone(phone, SIQIN);
  await proveName(phone, SIQIN);
  expect(await findings(phone)).toEqual([]);
  await applyFor(phone, YUNSHAN);
  expect(await findings(phone)).toEqual([]);
});

test('MOB-015 OD-28 CA-020 sent back with a reason, corrected and handed in again, checked by one person and approved by another', async ({
  browser,
}) => {
  const clerk = await enterDesk(browser, 'desk-clerk');
  const returned = await openRow(clerk, '/desk/ra', YUNSHAN.name);
  await clerk.getByRole('button', { name: '退回申请人' }).click();
  const dialog = clerk.getByRole('dialog').last();
  await dialog.getByLabel('申请书未盖章或未签字').check();
  await dialog.getByRole('button', { name: '退回申请人' }).click();
  await expect(returned.getByText('已退回').first()).toBeVisible();

  await phone.reload();
  await expect(phone.getByText('申请书未盖章').first()).toBeVisible();
  await phone.getByRole('link', { name: '修改并重新提交' }).click();
  for (let step = 0; step < 4; step += 1) await phone.getByRole('button', { name: '下一步' }).click();
  await handIn(phone, '申请书');
  await phone.getByRole('button', { name: '下一步' }).click();
  await phone.getByLabel('以上信息与材料真实').check();
  await phone.getByRole('button', { name: '重新提交' }).click();
  await expect(phone.getByText('审核中').first()).toBeVisible();

  await openRow(clerk, '/desk/ra', YUNSHAN.name);
  await check(clerk);
  await leaveDesk(clerk);
  const reviewer = await enterDesk(browser, 'desk-reviewer');
  const approved = await openRow(reviewer, '/desk/ra', YUNSHAN.name);
  await reviewer.getByRole('button', { name: '批准', exact: true }).click();
  const approval = reviewer.getByRole('dialog').last();
  await approval.getByLabel('事由').fill('材料齐全，印章清晰');
  await approval.getByRole('button', { name: '批准', exact: true }).click();
  await expect(approved.getByText('待支付').first()).toBeVisible();
  await leaveDesk(reviewer);
});

test('MOB-016 MOB-017 paid after approval, downloaded after payment, under a PIN', async () => {
  await phone.reload();
  await phone.getByRole('button', { name: '支付 ¥200.00' }).click();
  await phone.getByRole('button', { name: '确认支付' }).click();
  await phone.getByRole('link', { name: '返回标证通' }).click();
  await expect(phone.getByText('待下载').first()).toBeVisible();
  await phone.getByRole('link', { name: '下载证书' }).click();
  await typePin(phone, PIN, '下一步');
  await typePin(phone, PIN, '下载证书');
  await expect(phone.getByRole('link', { name: '查看证书' })).toBeVisible();
  await phone.goto(hub('/phone/'));
  await expect(phone.getByText(YUNSHAN.name)).toBeVisible();
  await expect(phone.getByText('半钥在本机')).toBeVisible();
  expect(await findings(phone)).toEqual([]);
});

test('HUB-040 HUB-041 MOB-032 the enterprise is bound by scanning with a camera that sees the code', async ({
  page,
}) => {
  await page.goto(hub('/bind'));
  await page.getByLabel('标证通扫码').check();
  await page.getByRole('button', { name: '扫码读取证书' }).click();
  await scanCode(phone, camera, page);
  await typeScanCode(phone, page);
  await phone.getByRole('button', { name: '确认绑定' }).click();
  await typePin(phone, PIN, '确认绑定');
  await expect(phone.getByText('已确认绑定')).toBeVisible();

  await page.getByLabel('注册地市').selectOption({ index: 1 });
  await page.getByLabel('法人代表').fill('额尔德尼');
  await page.getByLabel('联系电话').fill('13847100000');
  await page.getByLabel('单位地址').fill('呼和浩特市赛罕区新华东街1号');
  await page.getByLabel('投标人').check();
  await page.getByRole('button', { name: '确认申请' }).click();
  await expect(page.getByText('绑定成功').first()).toBeVisible();
});

test('HUB-051 MOB-033 login by scan: the digits of the phone are typed into the page, which goes on without a click', async ({
  page,
}) => {
  await logInByPhone(page);
  expect(await findings(page)).toEqual([]);
});

test('HUB-040 a code that was relayed to another screen is of no use there: without the phone’s digits it closes', async ({
  page,
}) => {
  await page.goto(hub('/login'));
  await page.getByLabel('标证通扫码').check();
  await scanCode(phone, camera, page);
  const digits = Number(await phone.locator('.code-digits .visually-hidden').textContent());
  for (const guess of [1, 2, 3]) {
    const wrong = String((digits + guess) % 10_000).padStart(4, '0');
    await page.getByLabel('确认码').fill(wrong);
    if (guess < 3) await expect(page.getByText(`还可输入${3 - guess}次`)).toBeVisible();
  }
  await expect(page.getByRole('button', { name: '刷新二维码' })).toBeVisible();
  await expect(phone.getByRole('link', { name: '重新扫码' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toHaveCount(0);
});

test('SIGN-004 MOB-060 手机扫码签章: the phone seals for the page that it has logged in, with nothing to type', async ({
  page,
  browser,
}) => {
  await logInByPhone(page);
  await page.goto(hub('/seals'));
  await page.getByRole('link', { name: '申请印章' }).click();
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.getByText('申请已提交，等待审核')).toBeVisible();
  await issueSeal(browser, YUNSHAN.name);

  await page.goto(hub('/signing'));
  await page.getByLabel('要签章的文件').setInputFiles(LETTER);
  await page.getByRole('button', { name: '上传并打开' }).click();
  await page.getByRole('button', { name: '确定', exact: true }).click();
  await page.getByLabel('手机扫码签章').check();
  await scanCode(phone, camera, page);
  await expect(phone.locator('.code-digits')).toHaveCount(0);
  await phone.getByRole('button', { name: '确认签章' }).click();
  await typePin(phone, PIN, '确认签章');
  await expect(phone.getByText('签章完成')).toBeVisible();
  await expect(page.getByText('签名有效')).toBeVisible();
  await page.getByRole('button', { name: '完成签章' }).click();
  await expect(page.getByText('已签章').first()).toBeVisible();
});

test('OD-38 MOB-033 a wrong PIN is counted by the vault and says how many are left; the right one goes on', async ({
  page,
}) => {
  await page.goto(hub('/login'));
  await page.getByLabel('标证通扫码').check();
  await scanCode(phone, camera, page);
  await typeScanCode(phone, page);
  await phone.getByRole('button', { name: '确认登录' }).click();
  await typePin(phone, '975310', '确认登录');
  await expect(phone.getByText('PIN码错误，还可以输入9次')).toBeVisible();
  await typePin(phone, PIN, '确认登录');
  await expect(page.getByRole('heading', { name: '证书基本信息' })).toBeVisible();
});
