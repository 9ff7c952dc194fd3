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

type ReviewProps = {
  readonly config: PlatformConfig;
  readonly waiting: readonly Member[];
  readonly members: readonly Member[];
  readonly message?: string | undefined;
};

export const reviewPage = ({ config, waiting, members, message }: ReviewProps) =>
  page({
    config,
    title: '待审核备案',
    children: (
      <>
        {message === undefined ? null : <p className="card">{message}</p>}
        {waiting.length === 0 ? <p className="card">没有待审核的备案。</p> : null}
        {waiting.map((member) => (
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
        ))}
        {config.signingKey === undefined || members.length === 0 ? null : <ReportProject members={members} />}
      </>
    ),
  });

/** A won project goes to the project information library, signed (PLAT-043). */
function ReportProject({ members }: { members: readonly Member[] }) {
  return (
    <form className="card" method="post" action="/review/projects">
      <h2>报送场内项目</h2>
      <label>
        中标单位
        <select name="uscc">
          {members.map(({ uscc, name }) => (
            <option key={uscc} value={uscc}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        招标项目编号
        <input name="tradeNo" required maxLength={60} />
      </label>
      <label>
        标段编号
        <input name="section" required maxLength={60} defaultValue="1" />
      </label>
      <label>
        项目名称
        <input name="projectName" required maxLength={200} />
      </label>
      <label>
        建设单位
        <input name="owner" required maxLength={200} />
      </label>
      <button type="submit">签名并报送</button>
    </form>
  );
}

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
