import type { PlatformConfig } from '../config.ts';
import type { Member } from '../store.ts';
import { page } from './layout.tsx';

export const reviewLoginPage = (config: PlatformConfig, wrong: boolean) =>
  page({
    config,
    title: '盟市交易中心审核',
    children: (
      <form className="card" method="post" action="/review/login">
        {wrong ? (
          <p className="alert" role="alert">
            口令不正确
          </p>
        ) : null}
        <label>
          审核人员口令
          <input type="password" name="password" required autoComplete="current-password" />
        </label>
        <p>演示口令：{config.reviewerPassword}</p>
        <button type="submit">进入</button>
      </form>
    ),
  });

export const reviewPage = (config: PlatformConfig, waiting: readonly Member[]) =>
  page({
    config,
    title: '待审核备案',
    children:
      waiting.length === 0 ? (
        <p className="card">没有待审核的备案。</p>
      ) : (
        waiting.map((member) => (
          <section className="card" key={member.uscc} aria-label={member.name}>
            <dl>
              <dt>单位名称</dt>
              <dd>{member.name}</dd>
              <dt>统一社会信用代码</dt>
              <dd>
                <code>{member.uscc}</code>
              </dd>
              <dt>联系人</dt>
              <dd>{member.filing.submitted?.contact}</dd>
              <dt>主营业务</dt>
              <dd>{member.filing.submitted?.scope}</dd>
            </dl>
            <form method="post" action={`/review/${member.uscc}/approve`}>
              <button type="submit">通过</button>
            </form>
            <form method="post" action={`/review/${member.uscc}/reject`}>
              <label>
                退回原因
                <input name="reason" required maxLength={200} />
              </label>
              <button type="submit" className="danger">
                退回
              </button>
            </form>
          </section>
        ))
      ),
  });

export const noticePage = (config: PlatformConfig, title: string, message: string) =>
  page({
    config,
    title,
    children: (
      <section className="card">
        <p className="alert" role="alert">
          {message}
        </p>
        <p>
          <a className="button" href="/">
            返回登录
          </a>
        </p>
      </section>
    ),
  });
