import type { RecordHistoryEntry } from '@hufu/contracts';
import { fieldOf, findEvent, type RecordType, type Value } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EvidenceState } from '../../evidence/evidence-state.tsx';
import { second } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { FileRow } from '../files/file-row.tsx';
import { historyQuery } from '../records-query.ts';
import { FieldValue } from './field-value.tsx';
import { RecordState } from './record-state.tsx';

/** 变更记录: every version with what it changed and its 上链信息戳 (LIB-PROJ-20, LIB-PROJ-21). */
export function RecordHistory({ type, id }: { type: RecordType; id: string }) {
  const t = useTexts(records).view;
  const { page: words, previous, next } = useTexts(common).pager;
  const [page, setPage] = useState(1);
  const history = useQuery(historyQuery(type.name, id, page));
  return (
    <section className="record-section" id="history">
      <h3>{t.history}</h3>
      <Loaded query={history}>
        {({ items, total, pageSize }) =>
          total === 0 ? (
            <p className="faint">{t.historyEmpty}</p>
          ) : (
            <>
              <ol className="timeline">
                {items.map((entry) => (
                  <Entry key={entry.version} type={type} entry={entry} />
                ))}
              </ol>
              {total > pageSize ? (
                <div className="row">
                  <Button icon="left" disabled={page <= 1} onClick={() => setPage(page - 1)}>
                    {previous}
                  </Button>
                  <span className="figures">{words(page, Math.ceil(total / pageSize))}</span>
                  <Button icon="right" disabled={page * pageSize >= total} onClick={() => setPage(page + 1)}>
                    {next}
                  </Button>
                </div>
              ) : null}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Entry({ type, entry }: { type: RecordType; entry: RecordHistoryEntry }) {
  const t = useTexts(records).view;
  const said = useSaid();
  const event = findEvent(type, entry.event);
  const words = event?.button ?? event?.dialog;
  return (
    <li className="timeline-entry">
      <div className="row">
        <strong>{words ? said(words) : entry.event}</strong>
        <RecordState type={type} state={entry.state} />
        <time className="figures faint" dateTime={entry.at}>
          {second(entry.at)}
        </time>
      </div>
      {entry.reason ? (
        <p>
          {t.reason}：{entry.reason}
        </p>
      ) : null}
      {entry.proof.length > 0 ? (
        <ul className="file-list" aria-label={t.proof}>
          {entry.proof.map((file) => (
            <FileRow key={file.sha256} file={file} />
          ))}
        </ul>
      ) : null}
      {entry.changes.length > 0 ? <Changes type={type} entry={entry} /> : null}
      {entry.evidence ? (
        <p className="row">
          <Link to="/library/evidence/$id" params={{ id: entry.evidence.id }}>
            {t.stamp}
          </Link>
          <EvidenceState state={entry.evidence.state} />
        </p>
      ) : null}
    </li>
  );
}

function Changes({ type, entry }: { type: RecordType; entry: RecordHistoryEntry }) {
  const t = useTexts(records).view;
  const said = useSaid();
  const first = entry.version === 1;
  const table = (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">{t.changed}</th>
          {first ? null : <th scope="col">{t.before}</th>}
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {entry.changes.map(({ field: name, before, after }) => {
          const field = fieldOf(type, name);
          if (field === undefined) return null;
          return (
            <tr key={name}>
              <th scope="row">{said(field.label)}</th>
              {first ? null : (
                <td>
                  <FieldValue field={field} value={before as Value | undefined} brief />
                </td>
              )}
              <td>
                <FieldValue field={field} value={after as Value | undefined} brief />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
  if (!first) return table;
  return (
    <details>
      <summary>{t.first}</summary>
      {table}
    </details>
  );
}
