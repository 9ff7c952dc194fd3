// The page 「CA锁直接登录」: reads the keys through the assistant, has one sign the platform's challenge, sends it.
import { createKeyBridge } from '@hufu/keybridge-client';
import type { CertificateInfo } from '@hufu/keybridge-client/protocol';

const section = element('direct');
const status = element('status');
const keys = element('keys');
const frameHolder = element('frame');
const bridge = createKeyBridge({ ports: (section.dataset['ports'] ?? '').split(',').map(Number) });

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}

const say = (text: string) => {
  status.textContent = text;
};

const TEXTS: Readonly<Record<string, string>> = {
  BRIDGE_NOT_RUNNING: '没有找到证书助手，请先安装并启动（在CA互认系统点“互通驱动下载”）。',
  BRIDGE_BLOCKED_BY_BROWSER: '浏览器没有允许本页访问证书助手，请在地址栏的网站设置里允许后刷新。',
  BRIDGE_APPROVAL_REFUSED: '您没有允许本网站使用证书助手。',
  TOKEN_ABSENT: '请插入CA锁。',
  OPERATION_CANCELLED: '已取消。',
  PIN_LOCKED: 'CA锁密码已锁定，请联系CA签发机构重置。',
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

const button = (text: string, act: () => Promise<void>) => {
  const item = document.createElement('li');
  const control = document.createElement('button');
  control.type = 'button';
  control.textContent = text;
  control.addEventListener('click', () => void guarded(act));
  item.append(control);
  return item;
};

async function guarded(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    say(TEXTS[codeOf(error)] ?? '没有成功，请重试。');
  }
}

async function post(address: string, body?: unknown): Promise<Record<string, string>> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const read = (await answer.json()) as Record<string, string>;
  if (!answer.ok) {
    say(read['title'] ?? '登录没有成功。');
    throw new Error(read['code']);
  }
  return read;
}

async function logIn(certificate: CertificateInfo): Promise<void> {
  const {
    challengeId = '',
    nonce = '',
    audience = '',
    issuedAt = '',
  } = await post('/login/direct/challenge');
  const signed = await bridge.sign(
    { act: 'platform-login', keyId: certificate.keyId, payload: { challengeId, nonce, audience, issuedAt } },
    ({ url, allow, title }) => {
      const frame = Object.assign(document.createElement('iframe'), { src: url, allow, title });
      frameHolder.replaceChildren(frame);
      return () => frame.remove();
    },
  );
  say('正在登录…');
  const { redirectTo = '/' } = await post('/login/direct', {
    challengeId,
    certificate: signed.certificate,
    signature: signed.signature,
  }).catch(() => ({ redirectTo: '' }));
  if (redirectTo !== '') location.assign(redirectTo);
}

async function showKeys(): Promise<void> {
  const certificates = await bridge.listCertificates();
  const signing = certificates.filter(({ usage, algorithm }) => usage === 'sign' && algorithm !== undefined);
  say('请选择要使用的CA锁：');
  keys.replaceChildren(
    ...signing.map((one) => button(`${one.unitName}（${one.issuer}，${one.tokenLabel}）`, () => logIn(one))),
  );
}

async function start(): Promise<void> {
  await bridge.detect();
  if (await bridge.isPaired()) return showKeys();
  say('首次使用，请允许本网站使用证书助手。');
  keys.replaceChildren(
    button('允许使用证书助手', async () => {
      await bridge.pair({ title: document.title });
      await showKeys();
    }),
  );
}

void guarded(start);
