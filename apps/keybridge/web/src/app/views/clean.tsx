import { useState } from 'react';
import { fill } from '../../shared/language.ts';
import { own } from '../../shared/own-api.ts';
import { useTexts } from '../context.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Notice, ProblemNotice } from '../ui/notice.tsx';
import { useLoad } from '../use-load.ts';

/** 清理证书 (AST-011): copies on this computer, never what is on a key. */
export function CleanView() {
  const { clean: t, loading } = useTexts();
  const { data, problem, reload } = useLoad(() => own<{ count: number }>('/certificates/copies'));
  const [isAsking, setAsking] = useState(false);
  const [removed, setRemoved] = useState<number>();
  if (data === undefined)
    return problem === undefined ? <p>{loading}</p> : <ProblemNotice problem={problem} />;
  const clear = async (): Promise<void> => {
    setAsking(false);
    setRemoved((await own<{ removed: number }>('/certificates/clear', {})).removed);
    await reload();
  };
  return (
    <section className="stack">
      <p>{t.intro}</p>
      <p>{data.count === 0 ? t.none : fill(t.count, { count: data.count })}</p>
      {removed === undefined ? null : <Notice kind="good">{fill(t.done, { count: removed })}</Notice>}
      <div className="row">
        <button type="button" className="danger" disabled={data.count === 0} onClick={() => setAsking(true)}>
          {t.action}
        </button>
      </div>
      {isAsking ? (
        <Confirm
          text={fill(t.confirm, { count: data.count })}
          action={t.action}
          onConfirm={() => void clear()}
          onCancel={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}
