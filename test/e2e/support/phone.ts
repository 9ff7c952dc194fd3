import { expect, type Page } from '@playwright/test';
import type { CameraBrowser } from './camera.ts';
import { hub } from './demo.ts';
import { paper } from './library.ts';

export const PIN = '258036';

/** An invented person of the demo: the number, and the password at the identity provider. */
export type Person = { readonly name: string; readonly mobile: string; readonly password: string };
export const SIQIN: Person = { name: '斯琴', mobile: '13900000004', password: 'gongmin-4' };
export const HASI: Person = { name: '哈斯', mobile: '13900000005', password: 'gongmin-5' };

export const YUNSHAN = { name: '内蒙古云杉信息技术有限公司', uscc: '91150105MA0T6E91X4' };

/** A phone of its own: 390 pixels wide, with the camera of its browser. */
export async function takePhone({ browser }: CameraBrowser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    permissions: ['camera'],
  });
  return context.newPage();
}

type Sms = { readonly id: string; readonly to: string; readonly text: string };
const inbox = async (phone: Page) =>
  (await (await phone.request.get(hub('/api/v1/demo/sms'))).json()) as readonly Sms[];

/** Presses the button, and waits for the code that the demo would have sent. */
async function newCode(phone: Page, mobile: string): Promise<string> {
  const before = new Set((await inbox(phone)).map(({ id }) => id));
  await phone.getByRole('button', { name: '获取验证码' }).click();
  let text = '';
  await expect(async () => {
    text = (await inbox(phone)).find(({ id, to }) => to === mobile && !before.has(id))?.text ?? '';
    expect(text).toMatch(/\d{6}/);
  }).toPass({ intervals: [100] });
  return /\d{6}/.exec(text)?.[0] ?? '';
}

export async function logInPhone(phone: Page, { mobile }: Person): Promise<void> {
  await phone.goto(hub('/phone/'));
  await phone.getByLabel('手机号').fill(mobile);
  await phone.getByLabel('短信验证码').fill(await newCode(phone, mobile));
  await phone.getByRole('button', { name: '登录', exact: true }).click();
  await expect(phone.getByRole('link', { name: '开始扫码' })).toBeVisible();
}

/** 去认证, at the provider's own page. */
export async function proveName(phone: Page, { mobile, password }: Person): Promise<void> {
  await phone.getByRole('button', { name: '去认证' }).click();
  await phone.getByLabel('手机号').fill(mobile);
  await phone.getByLabel('密码').fill(password);
  await phone.getByRole('button', { name: '登录' }).click();
  await expect(phone.getByRole('link', { name: '开始扫码' })).toBeVisible();
  await expect(phone.getByRole('button', { name: '去认证' })).toHaveCount(0);
}

/** Digits under the app's own buttons, and the button that belongs to them. */
export async function typePin(phone: Page, pin: string, button: string): Promise<void> {
  const pad = phone.locator('.pin');
  for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click();
  await pad.getByRole('button', { name: button }).click();
}

const nextStep = (phone: Page) => phone.getByRole('button', { name: '下一步' }).click();

/** A picture for one of the slots, by its name; it is waited for until the server has it. */
export async function handIn(phone: Page, name: string): Promise<void> {
  const slot = phone.locator('.slot').filter({ has: phone.getByText(name, { exact: true }) });
  await slot.locator('input[type="file"]').setInputFiles(paper(name));
  await expect(slot.getByRole('button', { name: `${name}：拍照或选择图片` })).toHaveCount(0);
  await expect(slot.locator('img').first()).toBeVisible();
}

/** 申请企业证书 from the first page to 提交. */
export async function applyFor(phone: Page, enterprise: { name: string; uscc: string }): Promise<void> {
  await phone.goto(hub('/phone/apply'));
  await phone.getByRole('button', { name: '开始办理' }).click();
  await phone.getByLabel('呼和浩特市公共资源交易平台').check();
  await nextStep(phone);
  await phone.getByLabel('企业名称').fill(enterprise.name);
  await phone.getByLabel('统一社会信用代码').fill(enterprise.uscc);
  await nextStep(phone);
  await handIn(phone, '营业执照');
  await handIn(phone, '法人身份证');
  await phone.getByLabel('法人姓名').fill('额尔德尼');
  await phone.getByLabel('法人身份证号').fill('15010419700215101X');
  await nextStep(phone);
  await phone.getByLabel(/^1年/).check();
  await handIn(phone, '公章');
  await nextStep(phone);
  await handIn(phone, '申请书');
  await nextStep(phone);
  await phone.getByLabel('以上信息与材料真实').check();
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.getByText('审核中').first()).toBeVisible();
}

/** 开始扫码: the phone is held before the code on the page, and the camera finds it. */
export async function scanCode(phone: Page, camera: CameraBrowser, page: Page): Promise<void> {
  const code = page.getByRole('img', { name: /二维码/ });
  await expect(code).toBeVisible();
  await camera.lookAt(code);
  await phone.goto(hub('/phone/'));
  await phone.getByRole('link', { name: '开始扫码' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: /确认|绑定|登录|激活|注册|权限/ })).toBeVisible();
}

/** What the phone shows is typed into the page, which takes the fourth digit as the end. */
export async function typeScanCode(phone: Page, page: Page): Promise<void> {
  const digits = await phone.locator('.code-digits .visually-hidden').textContent();
  await page.getByLabel('确认码').fill(digits ?? '');
}
