import type { Issue, Label } from '@hufu/library';
import { useEffect, useRef } from 'react';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { fieldId } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type FormStore, useFormPart } from './form-store.ts';

type FormSummaryProps = { store: FormStore; labels: ReadonlyMap<string, Label> };

/** On top of the form after an attempt to send: everything that is wrong, each a link to its field, and what to look at. */
export function FormSummary({ store, labels }: FormSummaryProps) {
  const attempts = useFormPart(store, (state) => state.attempts);
  const shown = useFormPart(store, (state) => state.shown);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempts > 0) ref.current?.focus();
  }, [attempts]);
  if (attempts === 0) return null;
  const all = [...shown.entries()].flatMap(([field, issues]) => issues.map((issue) => ({ field, issue })));
  const of = (severity: Issue['severity']) => all.filter(({ issue }) => issue.severity === severity);
  return (
    <div ref={ref} tabIndex={-1} className="stack-tight form-summary">
      <Issues list={of('error')} tone="error" labels={labels} />
      <Issues list={of('warning')} tone="warning" labels={labels} />
    </div>
  );
}

type IssuesProps = {
  list: readonly { readonly field: string; readonly issue: Issue }[];
  tone: Issue['severity'];
  labels: ReadonlyMap<string, Label>;
};

function Issues({ list, tone, labels }: IssuesProps) {
  const t = useTexts(records).form;
  const texts = useTexts(common);
  const said = useSaid();
  if (list.length === 0) return null;
  const wrong = tone === 'error';
  return (
    <div className={wrong ? 'alert alert-attention' : 'alert alert-info'} role={wrong ? 'alert' : 'status'}>
      <Icon name={wrong ? 'warning' : 'info'} size={20} />
      <div className="alert-body">
        <p className="alert-title">{wrong ? texts.correctFields(list.length) : t.warnings}</p>
        <ul className="alert-list">
          {list.map(({ field, issue }) => {
            const label = labels.get(field);
            return (
              <li key={`${issue.path} ${issue.code} ${issue.says.zh}`}>
                {label ? (
                  <>
                    <a href={`#${fieldId(field)}`} onClick={(event) => jump(event, field)}>
                      {said(label)}
                    </a>
                    ：
                  </>
                ) : null}
                {said(issue.says)}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

function jump(event: { preventDefault: () => void }, field: string): void {
  event.preventDefault();
  const target = document.getElementById(fieldId(field));
  target?.scrollIntoView({ block: 'center' });
  target?.focus({ preventScroll: true });
}
