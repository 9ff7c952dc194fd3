import type { PlatformConfig } from '../config.ts';
import { unitPageLabels } from '../filing.ts';
import { areSealed, LETTERS, type Letter, type LetterName } from '../letters.ts';
import { type Mirror, shownRecord } from '../mirror.ts';
import type { Member, Session } from '../store.ts';
import { page } from './layout.tsx';

/** MSG-28 */
export const READ_ONLY = '已同步的主体信息不可在本平台修改，请前往主体信息库修改后重新同步';
/** MSG-24 */
export const SEAL_FIRST = '请先完成诚信承诺书和平台使用告知书的签章';

type UnitProps = {
  readonly config: PlatformConfig;
  readonly session: Session;
  readonly member: Member;
  readonly message?: string | undefined;
};

/** 企业基本信息编辑, entered by 单位信息, 代理机构信息 or 交易甲方信息 (PLAT-010). */
export const unitPage = ({ config, session, member, message }: UnitProps) =>
  page({
    config,
    title: unitPageLabels(session.identity.roles).join(' / ') || '单位信息',
    children: (
      <>
        {message === undefined ? null : (
          <p className="alert" role="alert">
            {message}
          </p>
        )}
        <section className="card" aria-label="签章文件">
          <h2>企业基本信息编辑</h2>
          <ul className="letters">
            {Object.entries(LETTERS).map(([name, title]) => (
              <LetterRow
                key={name}
                name={name as LetterName}
                title={title}
                letter={member.letters[name as LetterName]}
              />
            ))}
          </ul>
          <SyncPart ready={areSealed(member.letters)} hubUrl={config.hubUrl} />
        </section>
        {member.mirror === undefined ? null : <MirrorPart mirror={member.mirror} hubUrl={config.hubUrl} />}
        <p>
          <a href="/">返回</a>
        </p>
      </>
    ),
  });

function LetterRow({ name, title, letter }: { name: LetterName; title: string; letter: Letter }) {
  const sealed = letter.sealedAt !== undefined;
  return (
    <li>
      <form method="post" action={`/unit/letters/${name}/seal`}>
        <button type="submit" className={sealed ? 'quiet' : undefined}>
          签章
        </button>
      </form>
      <a href={`/public/letters/${name}.pdf`}>{title}</a>
      <strong className={sealed ? 'good' : undefined}>{sealed ? '已签章' : '未签章'}</strong>
      {letter.order === undefined || sealed ? null : <a href={`/unit/sealed/${name}`}>我已签章，刷新状态</a>}
    </li>
  );
}

function SyncPart({ ready, hubUrl }: { ready: boolean; hubUrl: string }) {
  return (
    <>
      <p>
        <button type="button" popoverTarget="sync" disabled={!ready}>
          同步内蒙古主体库诚信信息
        </button>
      </p>
      {ready ? null : <p>{SEAL_FIRST}。</p>}
      <div id="sync" popover="auto" className="card">
        <h2>填写同步码</h2>
        <form method="post" action="/unit/sync">
          <label>
            同步码
            <input name="code" required maxLength={20} autoComplete="off" spellCheck={false} />
          </label>
          <p>
            在 <a href={`${hubUrl}/library/base`}>主体信息库</a> 的基本信息页面复制，24
            小时内有效，只能使用一次。
          </p>
          <button type="submit">确定</button>
        </form>
      </div>
    </>
  );
}

function MirrorPart({ mirror, hubUrl }: { mirror: Mirror; hubUrl: string }) {
  const { records, report, files, libVersion, syncedAt } = mirror.package;
  return (
    <>
      <section className="card" aria-label="同步结果">
        <h2>诚信库信息</h2>
        <p>{READ_ONLY}。</p>
        <dl>
          <dt>主体库版本</dt>
          <dd>{libVersion}</dd>
          <dt>同步时间</dt>
          <dd>{syncedAt.slice(0, 19).replace('T', ' ')}（UTC）</dd>
          <dt>操作人</dt>
          <dd>{mirror.operator}</dd>
          <dt>电子件</dt>
          <dd>{files.length} 个</dd>
        </dl>
        <p>
          <a className="button quiet" href={`${hubUrl}/library`}>
            前往主体信息库修改
          </a>
        </p>
      </section>
      <section className="card" aria-label="完整性检查">
        <h2>完整性检查</h2>
        {report.complete ? (
          <p>
            <strong className="good">完整</strong>，没有缺少的电子件，也没有过期的证件。
          </p>
        ) : (
          <ul>
            {report.missing.map(({ platformNode, libraryNodes }) => (
              <li key={platformNode}>
                缺少必需的电子件“{platformNode}”，请在主体信息库“{libraryNodes.join('、')}”上传
              </li>
            ))}
            {report.unmapped.map(({ record, libraryNode, name, hint }) => (
              <li key={`${record}${libraryNode}${name}`}>
                “{libraryNode}”的 {name} 没有同步：{hint}
              </li>
            ))}
            {report.stale.map(({ record, title, says }) => (
              <li key={record}>
                {title}：{says.zh}
              </li>
            ))}
          </ul>
        )}
      </section>
      {records.map(shownRecord).map(({ id, kind, title, state, rows }) => (
        <details className="card" key={id}>
          <summary>
            {kind}：{title}（{state}）
          </summary>
          <dl>
            {rows.map(({ label, value }) => (
              <div key={label} className="row">
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </>
  );
}
