import { createHash } from 'node:crypto';
import type { Payment } from './payments.ts';

const asText = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light; font-family: system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; color: #1d3540 }
body { margin: 0; background: #f7f5f0; display: grid; place-items: center; min-height: 100vh }
main { background: #fff; padding: 1.75rem; border-radius: 12px; box-sizing: border-box; width: min(27.5rem, calc(100vw - 2rem)); box-shadow: 0 2px 16px #1d354022 }
h1 { font-size: 1.25rem; margin: 0 0 .25rem }
p { margin: .35rem 0 1rem; color: #4a5f6a }
.demo { background: #f6ecd8; color: #5b4213; padding: .6rem .8rem; border-radius: 8px; font-size: .9rem }
.amount { font-size: 2.1rem; font-variant-numeric: tabular-nums; color: #1d3540; margin: .5rem 0; font-weight: 600 }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 0 0 1.25rem; font-size: .95rem }
dt { color: #4a5f6a } dd { margin: 0; text-align: right; overflow-wrap: anywhere }
button, .back { display: block; width: 100%; box-sizing: border-box; text-align: center; font: inherit; padding: .8rem; border: 0; border-radius: 8px; background: #2f6f6a; color: #fff; cursor: pointer; text-decoration: none }
button.quiet { background: transparent; color: #2f6f6a; margin-top: .5rem }
button:focus-visible, .back:focus-visible { outline: 3px solid #b58a4a; outline-offset: 2px }`;

/** The one style that pages carry; its digest stands in the content security policy. */
export const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${asText(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;

const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;
const NOTE = '<p class="demo">演示收银台：不收取真实款项。</p>';

const STANDING: Readonly<
  Record<Exclude<Payment['state'], 'CREATED'>, readonly [title: string, text: string]>
> = {
  PAID: ['支付成功', '款项已收到，请返回标证通下载证书。'],
  EXPIRED: ['支付已过期', '请返回标证通重新发起支付。'],
  CLOSED: ['支付已关闭', '订单已取消或已重新发起支付，本页面不能继续支付。'],
  REFUNDED: ['已退款', '款项已原路退回。'],
};

/** Where the payer decides, or sees how it stands. */
export function payPage(payment: Payment): string {
  const { amount, subject, order, state, returnUrl } = payment;
  if (state !== 'CREATED') {
    const [title, text] = STANDING[state];
    return page(
      title,
      `<h1>${title}</h1><p role="status">${text}</p><p class="amount">${yuan(amount)}</p><a class="back" href="${asText(returnUrl)}">返回标证通</a>`,
    );
  }
  return page(
    '收银台（演示）',
    `<h1>收银台</h1>${NOTE}<p class="amount">${yuan(amount)}</p>
<dl><dt>商品</dt><dd>${asText(subject)}</dd><dt>订单号</dt><dd>${asText(order)}</dd></dl>
<form method="post"><button name="act" value="pay">确认支付 ${yuan(amount)}</button></form>
<form method="post"><button class="quiet" name="act" value="leave">暂不支付</button></form>`,
  );
}

export const noticePage = (title: string, text: string): string =>
  page(title, `<h1>${asText(title)}</h1><p>${asText(text)}</p>`);
