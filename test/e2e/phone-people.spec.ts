import { expect, type Page, test } from '@playwright/test';
import { findings } from './support/axe.ts';
import { type CameraBrowser, openCameraBrowser } from './support/camera.ts';
import { hub } from './support/demo.ts';
import { HASI, logInPhone, proveName, SIQIN, takePhone, YUNSHAN } from './support/phone.ts';

test.describe.configure({ mode: 'serial' });

let camera: CameraBrowser;
/** A second phone of the administrator's, without a key; and a colleague's. */
let admin: Page;
let colleague: Page;

test.beforeAll(async () => {
  camera = await openCameraBrowser();
  [admin, colleague] = await Promise.all([takePhone(camera), takePhone(camera)]);
  await logInPhone(admin, SIQIN);
  await logInPhone(colleague, HASI);
  await proveName(colleague, HASI);
});
test.afterAll(() => camera?.close());

test('MOB-044 MOB-047 a colleague is invited, joins, and is granted the certificate for one platform', async () => {
  await admin.goto(hub('/phone/people'));
  await admin.getByRole('button', { name: '邀请人员' }).click();
  await admin.getByRole('dialog').getByLabel('手机号').fill(HASI.mobile);
  await admin.getByRole('button', { name: '发送邀请' }).click();
  await expect(admin.getByText('待接受的邀请')).toBeVisible();

  await colleague.goto(hub('/phone/approvals'));
  await expect(colleague.getByText(`邀请您加入${YUNSHAN.name}`)).toBeVisible();
  await colleague.getByRole('button', { name: '加入' }).click();
  await expect(colleague.getByText('没有待办事项')).toBeVisible();

  await admin.goto(hub('/phone/grants'));
  await admin.getByRole('link', { name: '新增授权' }).click();
  await admin.getByLabel(HASI.name).check();
  await admin.getByLabel('CA互认系统').check();
  await admin.getByRole('button', { name: '授权', exact: true }).click();
  await expect(admin.getByText('授权成功')).toBeVisible();
  await colleague.goto(hub('/phone/certificates'));
  await expect(colleague.getByText(YUNSHAN.name)).toBeVisible();
});

test('MOB-048 MOB-049 MOB-050 the grant stands by platform and by person; removed, it ends at once and stays in the history', async () => {
  await admin.goto(hub('/phone/grants'));
  await expect(admin.getByText('CA互认系统')).toBeVisible();
  await admin.getByText('按人员').first().click();
  // The administrator knows her people by name.
  await admin.getByText(HASI.name).first().click();
  expect(await findings(admin)).toEqual([]);
  await admin.getByRole('button', { name: /^删除授权：/ }).click();
  await admin.getByRole('dialog').getByRole('button', { name: '删除授权', exact: true }).click();
  await expect(admin.getByText('授权已删除，立即生效')).toBeVisible();
  await expect(admin.getByText('已删除').first()).toBeVisible();
  await colleague.reload();
  await expect(colleague.getByText(YUNSHAN.name)).toHaveCount(0);
});

test('a lost phone is frozen from another one', async () => {
  await admin.goto(hub('/phone/devices'));
  await admin.getByRole('main').getByRole('button').filter({ hasText: '1张证书' }).click();
  await admin.getByRole('button', { name: '冻结', exact: true }).click();
  await admin.getByLabel('手机丢失').check();
  await admin.getByRole('dialog').last().getByRole('button', { name: '冻结', exact: true }).click();
  await expect(admin.getByText('已冻结').first()).toBeVisible();
  await admin.goto(hub('/phone/certificates'));
  await admin.getByText(YUNSHAN.name).first().click();
  await expect(admin.getByText('已冻结').first()).toBeVisible();
});

test('MOB-046 OD-32 the administrator hands over, and the colleague accepts', async () => {
  await admin.goto(hub('/phone/people'));
  await admin.getByText(HASI.name).first().click();
  await admin.getByRole('button', { name: '转授管理员' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: '转授管理员' }).click();
  await expect(admin.getByText('等待对方接受').first()).toBeVisible();
  await colleague.goto(hub('/phone/approvals'));
  await expect(colleague.getByText(`请您担任${YUNSHAN.name}的管理员`)).toBeVisible();
  await colleague.getByRole('button', { name: '接受' }).click();
  await expect(colleague.getByText('没有待办事项')).toBeVisible();
  await admin.goto(hub('/phone/people'));
  await expect(admin.getByRole('button', { name: '邀请人员' })).toHaveCount(0);
});
