import type { PlatformConfig } from '../config.ts';
import { isAdmitted, mayBid, unitPageLabels } from '../filing.ts';
import type { Member, Session } from '../store.ts';
import { page } from './layout.tsx';

const ROLE = { TENDEREE: '招标人', AGENCY: '招标代理', BIDDER: '投标人' } as const;
const STATE = {
  ACTIVE: '已激活，尚未备案',
  UNDER_REVIEW: '备案审核中',
  APPROVED: '备案已通过',
  REJECTED: '备案被退回',
} as const;

export const loginPage = (config: PlatformConfig, message?: string) =>
  page({
    config,
    title: '主体登录',
    children: (
      <section className="card">
        {message === undefined ? null : (
          <p className="alert" role="alert">
            {message}
          </p>
        )}
        <p>首次登录请通过 CA 互认系统授权；授权登录一次之后，也可以在本页用同一把锁直接登录。</p>
        <p>
          系统前期准备请仔细阅读
          <a href={new URL('/preparation', config.hubUrl).href}>《交易平台-系统配置操作手册》</a>。
        </p>
        <p className="actions">
          <a className="button" href="/login/hub">
            CA互认平台
          </a>
          <a className="button quiet" href="/login/direct">
            CA锁直接登录
          </a>
        </p>
      </section>
    ),
  });

export const directLoginPage = (config: PlatformConfig) =>
  page({
    config,
    title: 'CA锁直接登录',
    script: '/public/direct-login.js',
    children: (
      <section
        className="card"
        id="direct"
        data-ports={config.keyBridgePorts.join(',')}
        data-hub={config.hubUrl}
      >
        <p id="status" role="status">
          正在查找证书助手…
        </p>
        <ul id="keys" className="keys" />
        <div id="frame" />
        <p>
          <a href="/">返回</a>
        </p>
      </section>
    ),
  });

export const memberPage = (config: PlatformConfig, session: Session, member: Member) => {
  const { identity } = session;
  return page({
    config,
    title: '您已登录',
    children: (
      <>
        <section className="card" aria-label="登录信息">
          <dl>
            <dt>单位名称</dt>
            <dd>{identity.entityName}</dd>
            <dt>统一社会信用代码</dt>
            <dd>
              <code>{identity.uscc}</code>
            </dd>
            <dt>主体类型</dt>
            <dd>{identity.roles.map((role) => ROLE[role]).join('、')}</dd>
            <dt>证书序列号</dt>
            <dd>
              <code>{identity.certificate.serial}</code>
            </dd>
            <dt>证书颁发机构</dt>
            <dd>{identity.certificate.issuer}</dd>
            <dt>锁</dt>
            <dd>{identity.keyRole === 'PRIMARY' ? '主锁' : '副锁'}</dd>
            <dt>登录方式</dt>
            <dd>{session.direct ? '本平台直接登录' : '经CA互认系统登录'}</dd>
            <dt>激活时间</dt>
            <dd>{member.activatedAt.slice(0, 19).replace('T', ' ')}（UTC）</dd>
          </dl>
          <form method="post" action="/logout">
            <button type="submit" className="quiet">
              退出登录
            </button>
          </form>
        </section>
        {config.filingMode === 'MIRROR' ? (
          <MirrorSection member={member} labels={unitPageLabels(identity.roles)} />
        ) : (
          <FilingSection member={member} labels={unitPageLabels(identity.roles)} />
        )}
        {isAdmitted(config, member) ? (
          <p className="actions">
            <a className="button" href="/tender">
              投标选用业绩
            </a>
          </p>
        ) : null}
      </>
    ),
  });
};

/** A platform that mirrors has the menus of the manual, one a role (PLAT-010). */
function MirrorSection({ member, labels }: { member: Member; labels: readonly string[] }) {
  return (
    <section className="card" aria-label="诚信库">
      <h2>诚信库</h2>
      <p>
        <strong>{member.mirror === undefined ? '尚未同步' : '已同步'}</strong>
        {member.mirror === undefined
          ? '。签章并同步主体信息库信息后，可以参与本平台投标。'
          : '，可以参与本平台投标。'}
      </p>
      <p className="actions">
        {(labels.length === 0 ? ['单位信息'] : labels).map((label) => (
          <a className="button" href="/unit" key={label}>
            {label}
          </a>
        ))}
      </p>
    </section>
  );
}

function FilingSection({ member, labels }: { member: Member; labels: readonly string[] }) {
  const { filing } = member;
  const values = filing.submitted ?? filing.effective;
  return (
    <section className="card" aria-label="主体信息备案">
      <h2>{labels.join(' / ') || '单位信息'}</h2>
      <p>
        <strong>{STATE[filing.state]}</strong>
        {mayBid(filing) || member.recognition !== undefined
          ? '，可以参与本平台投标。'
          : '。备案通过之前不能投标；在其他平台已审核通过的，可以申请互认。'}
      </p>
      {member.recognition === undefined ? (
        <form method="post" action="/filing/recognition">
          <button type="submit" className="quiet">
            互认其他平台的审核结果
          </button>
        </form>
      ) : (
        <p>
          已互认 <strong>{member.recognition.approvedBy.name}</strong> 对主体信息第{' '}
          {member.recognition.version} 版的审核结果，主体信息变动后自动失效。
        </p>
      )}
      {filing.rejectReason === undefined ? null : (
        <p className="alert" role="alert">
          退回原因：{filing.rejectReason}
        </p>
      )}
      {filing.state === 'UNDER_REVIEW' ? null : (
        <form method="post" action="/filing">
          <label>
            联系人
            <input name="contact" required maxLength={50} defaultValue={values?.contact} />
          </label>
          <label>
            联系电话
            <input name="phone" required maxLength={20} inputMode="tel" defaultValue={values?.phone} />
          </label>
          <label>
            主营业务
            <input name="scope" required maxLength={200} defaultValue={values?.scope} />
          </label>
          <button type="submit">提交审核</button>
        </form>
      )}
    </section>
  );
}
