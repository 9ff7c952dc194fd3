import type { ExchangeRecord } from '@hufu/contracts';
import type { PlatformConfig } from '../config.ts';
import type { Member } from '../store.ts';
import { page } from './layout.tsx';

type TenderProps = {
  readonly config: PlatformConfig;
  readonly member: Member;
  readonly tenderNo: string;
  /** Undefined: not looked up yet. */
  readonly performances: readonly ExchangeRecord[] | undefined;
  readonly message?: string | undefined;
};

/** Choosing performances for a tender; each use is returned to the library (PLAT-041, PLAT-042). */
export const tenderPage = ({ config, member, tenderNo, performances, message }: TenderProps) =>
  page({
    config,
    title: '投标选用业绩',
    children: (
      <>
        {message === undefined ? null : (
          <p className="alert" role="alert">
            {message}
          </p>
        )}
        <form className="card" method="get" action="/tender">
          <label>
            招标项目编号
            <input name="tenderNo" required maxLength={100} defaultValue={tenderNo} />
          </label>
          <button type="submit">调用主体库业绩</button>
        </form>
        {performances === undefined ? null : (
          <form className="card" method="post" action="/tender">
            <input type="hidden" name="tenderNo" value={tenderNo} />
            <h2>可用业绩</h2>
            {performances.length === 0 ? (
              <p>主体信息库中没有状态为“正常”的业绩。</p>
            ) : (
              <>
                {performances.map(({ id, title, values }) => (
                  <label key={id} className="choice">
                    <input type="checkbox" name="performance" value={id} />
                    {title}（{String(values['owner'] ?? '')}）
                  </label>
                ))}
                <label>
                  使用状态
                  <select name="useStatus">
                    <option>已调用</option>
                    <option>已投标</option>
                    <option>已中标</option>
                  </select>
                </label>
                <button type="submit">选用并返回使用状态</button>
              </>
            )}
          </form>
        )}
        <section className="card" aria-label="使用记录">
          <h2>已返回主体库的使用记录</h2>
          {member.uses.length === 0 ? <p>还没有。</p> : null}
          <ul>
            {member.uses.map(({ callbackId, title, tenderNo: number, useStatus, useCount }) => (
              <li key={callbackId}>
                {title}：{number}，{useStatus}，累计使用 {useCount} 次
              </li>
            ))}
          </ul>
        </section>
        <p>
          <a href="/">返回</a>
        </p>
      </>
    ),
  });
