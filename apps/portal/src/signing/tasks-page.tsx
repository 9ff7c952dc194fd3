import type { SigningTask } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { minute } from '../format/dates.ts';
import { WithSession } from '../hub/need-login.tsx';
import { useTexts } from '../i18n/language.tsx';
import { signing } from '../i18n/signing.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { SignDocuments } from './sign-documents.tsx';
import { tasksQuery } from './signing-query.ts';
import { TaskState } from './task-state.tsx';
import { UploadTask } from './upload-task.tsx';
import './signing.css';

const route = getRouteApi('/signing');
const SHOWN = ['all', 'turn', 'sent', 'received', 'done'] as const;

/** 文件签章: what the enterprise sent or has to seal. */
export function TasksPage() {
  return <WithSession>{() => <Tasks />}</WithSession>;
}

function Tasks() {
  const t = useTexts(signing);
  const search = route.useSearch();
  const tasks = useQuery(tasksQuery(search));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [batch, setBatch] = useState<readonly string[]>();
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <Page title={t.title} lead={t.lead} aside={<ButtonLink to="/seals">{t.mySeals}</ButtonLink>}>
      <div className="stack">
        <UploadTask />
        <nav className="row" aria-label={t.title}>
          {SHOWN.map((show) => (
            <Link
              key={show}
              to="/signing"
              search={show === 'all' ? {} : { show }}
              className="tab"
              aria-current={(search.show ?? 'all') === show ? 'page' : undefined}
            >
              {t.show[show]}
            </Link>
          ))}
        </nav>
        {batch ? (
          <section className="card">
            <SignDocuments
              tasks={batch}
              onSealed={() => {
                setChosen(new Set());
                void tasks.refetch();
              }}
            />
          </section>
        ) : chosen.size > 0 ? (
          <Button kind="primary" icon="key" onClick={() => setBatch([...chosen])}>
            {t.batch(chosen.size)}
          </Button>
        ) : null}
        <Loaded query={tasks} skeleton={<Skeleton lines={4} tall />}>
          {(page) =>
            page.total === 0 ? (
              <Empty title={t.empty}>{t.emptyText}</Empty>
            ) : (
              <div className="stack-tight">
                <ul className="history">
                  {page.items.map((task) => (
                    <Line
                      key={task.id}
                      task={task}
                      chosen={chosen.has(task.id)}
                      onChoose={(on) => choose(task.id, on)}
                    />
                  ))}
                </ul>
                <Pager {...page} />
              </div>
            )
          }
        </Loaded>
      </div>
    </Page>
  );
}

type LineProps = { task: SigningTask; chosen: boolean; onChoose: (on: boolean) => void };

/** A page that was left before the PIN leaves its document prepared, which can be prepared again with others. */
const PLACED: ReadonlySet<string | undefined> = new Set(['PLACED', 'PREPARED']);

/** What has its seal placed can be sealed along with others, by one PIN. */
function Line({ task, chosen, onChoose }: LineProps) {
  const t = useTexts(signing);
  const ready = task.state === 'OPEN' && PLACED.has(task.mine?.state);
  return (
    <li className="task-line">
      <input
        type="checkbox"
        checked={chosen}
        disabled={!ready}
        aria-label={t.select(task.title)}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <Link to="/signing/$id" params={{ id: task.id }}>
        <time className="figures">{minute(task.updatedAt)}</time>
        <span>
          {task.title} <span className="faint">{t.pages(task.pages)}</span>
        </span>
        <TaskState task={task} />
      </Link>
    </li>
  );
}
