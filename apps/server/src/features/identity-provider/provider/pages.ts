import { randomBytes } from 'node:crypto';
import { REQUEST_ERRORS } from '@hufu/contracts';
import type { ErrorEntry } from '@hufu/kernel';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { languageOf } from '../../../infra/http/language.ts';
import { IDENTITY_ERRORS } from '../errors.ts';

type Text = { readonly zh: string; readonly en: string };

const STYLE = `
  body{margin:0;background:#f7f5f0;color:#1d3540;font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
  main{max-width:34rem;margin:12vh auto 0;padding:2rem;background:#fff;border-top:3px solid #b58a4a}
  h1{font-size:1.25rem;margin:0 0 .75rem}
  p{margin:.5rem 0}
  .also{color:#4a5f68;font-size:.875rem}
  .acts{margin-top:1.5rem;display:flex;gap:.75rem;flex-wrap:wrap}
  button,.act{font:inherit;padding:.4rem 1.25rem;border:1px solid #2f6f6a;background:#fff;color:#2f6f6a;text-decoration:none;cursor:pointer}
  button.first,.act.first{background:#2f6f6a;color:#fff}
  :focus-visible{outline:3px solid #b58a4a;outline-offset:2px}`;

/** Pages of the provider itself. They stand without script, because they must work when nothing else does. */
function page(
  ctx: KoaContextWithOIDC,
  content: { title: Text; body: string; formTargets?: readonly string[] },
) {
  const language = languageOf(ctx.query, ctx.get('accept-language'));
  const nonce = randomBytes(16).toString('base64url');
  const targets = ["'self'", ...(content.formTargets ?? [])].join(' ');
  ctx.set(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`,
  );
  ctx.set('cache-control', 'no-store');
  ctx.type = 'html';
  ctx.body = `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(content.title[language])}</title><style nonce="${nonce}">${STYLE}</style><main><h1>${escaped(content.title[language])}</h1>${content.body}</main></html>`;
}

/** RP-initiated logout: the holder decides whether the hub's session and all platforms end, too. */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  const t = chooser(ctx);
  page(ctx, {
    title: { zh: '退出登录', en: 'Log out' },
    formTargets: redirectOrigins(ctx),
    body: `${form}<p>${t({
      zh: '是否同时退出CA互认平台？退出后，本次登录过的所有交易平台也会一并退出。',
      en: 'Log out of the hub, too? Every platform reached in this session will be logged out as well.',
    })}</p><div class="acts"><button class="first" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>${t(
      { zh: '全部退出', en: 'Log out everywhere' },
    )}</button><button type="submit" form="op.logoutForm">${t({ zh: '只退出该平台', en: 'Only from this platform' })}</button></div>`,
  });
}

export function loggedOutPage(ctx: KoaContextWithOIDC): void {
  const t = chooser(ctx);
  page(ctx, {
    title: { zh: '您已退出', en: 'You are logged out' },
    body: `<p>${t({ zh: '使用完毕请拔出CA锁。', en: 'Remember to unplug your key.' })}</p><div class="acts"><a class="act first" href="/">${t({ zh: '返回首页', en: 'Home' })}</a></div>`,
  });
}

export type ErrorPage = {
  readonly code: string;
  readonly status: number;
  /** Where the platform begins its login again. */
  readonly restartUrl: string | undefined;
  readonly platform: string | undefined;
};

const ENTRIES: Readonly<Record<string, ErrorEntry>> = { ...REQUEST_ERRORS, ...IDENTITY_ERRORS };

/** What went wrong is said here and never to an address that the request named. */
export function errorPage(ctx: KoaContextWithOIDC, error: ErrorPage): void {
  const t = chooser(ctx);
  const entry = ENTRIES[error.code] ?? REQUEST_ERRORS.INTERNAL;
  ctx.status = error.status;
  const requestId = escaped(String(ctx.res.getHeader('x-request-id') ?? ''));
  const restart =
    error.restartUrl === undefined
      ? ''
      : `<a class="act first" href="${escaped(error.restartUrl)}">${t({ zh: '重新登录', en: 'Log in again' })}${error.platform ? `：${escaped(error.platform)}` : ''}</a>`;
  page(ctx, {
    title: { zh: entry.zh, en: entry.en },
    body: `<p class="also">${escaped(error.code)}</p><p class="also">${t({ zh: '请求编号', en: 'Request' })} ${requestId}</p><div class="acts">${restart}<a class="act" href="/">${t({ zh: '返回首页', en: 'Home' })}</a></div>`,
  });
}

function chooser(ctx: KoaContextWithOIDC): (text: Text) => string {
  const language = languageOf(ctx.query, ctx.get('accept-language'));
  return (text) => escaped(text[language]);
}

/** A form's answer may lead to the platform, which the policy has to allow by origin. */
function redirectOrigins(ctx: KoaContextWithOIDC): string[] {
  const target = ctx.oidc.params?.['post_logout_redirect_uri'];
  return typeof target === 'string' ? [new URL(target).origin] : [];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
