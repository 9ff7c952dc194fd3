import { createHash } from 'node:crypto';
import { CITIZENS } from './citizens.ts';

const asText = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light; font-family: system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; color: #1d3540 }
body { margin: 0; background: #eef3f7; display: grid; place-items: center; min-height: 100vh }
main { background: #fff; padding: 2rem; border-radius: 12px; width: min(26rem, calc(100vw - 3rem)); box-shadow: 0 2px 16px #1d354022 }
h1 { font-size: 1.4rem; margin: 0 0 .25rem }
p { margin: .25rem 0 1rem; color: #4a5f6a }
label { display: block; margin: .75rem 0 .25rem }
input { width: 100%; box-sizing: border-box; font: inherit; padding: .6rem; border: 1px solid #8aa0ad; border-radius: 6px }
button { margin-top: 1.25rem; width: 100%; font: inherit; padding: .7rem; border: 0; border-radius: 6px; background: #1f5c8b; color: #fff; cursor: pointer }
button:focus-visible, input:focus-visible { outline: 3px solid #b58a4a; outline-offset: 2px }
.wrong { color: #a3261a; font-weight: 600 }
table { border-collapse: collapse; font-size: .85rem; margin-top: 1.5rem; width: 100% }
th, td { text-align: left; padding: .3rem .4rem .3rem 0; border-top: 1px solid #d6e0e6; vertical-align: top }
.demo { font-size: .85rem }`;

/** The one style that pages carry; its digest stands in the content security policy. */
export const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${asText(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

export type LoginPage = {
  readonly uid: string;
  /** Who asks. */
  readonly client: string;
  readonly problem?: string;
  readonly account?: string;
};

export function loginPage({ uid, client, problem, account = '' }: LoginPage): string {
  const rows = CITIZENS.map(
    (one) =>
      `<tr><td>${asText(one.account)}</td><td>${asText(one.password)}</td><td>${asText(one.name)}<br>${asText(one.about)}</td></tr>`,
  );
  return page(
    '苏服办 · 统一身份认证（演示）',
    `<h1>苏服办</h1><p>自然人统一身份认证（演示），登录后返回${asText(client)}</p>
${problem === undefined ? '' : `<p class="wrong" role="alert">${asText(problem)}</p>`}
<form method="post" action="/interaction/${asText(uid)}">
<label for="account">手机号</label><input id="account" name="account" autocomplete="username" inputmode="tel" required value="${asText(account)}">
<label for="password">密码</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">登录</button></form>
<table class="demo"><caption>演示账号，均为虚构</caption><thead><tr><th>手机号</th><th>密码</th><th>身份</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

export const noticePage = (title: string, text: string): string =>
  page(title, `<h1>${asText(title)}</h1><p>${asText(text)}</p>`);
