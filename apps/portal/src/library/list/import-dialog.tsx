import { recordRoutes, type SheetAnswer } from '@hufu/contracts';
import { fieldOf, type RecordType } from '@hufu/library';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { upload } from '../../api/upload.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { touched } from '../records-query.ts';

type ImportDialogProps = { type: RecordType; parentId?: string; onClose: () => void };

/** 批量导入: template, upload, all faults by row; nothing is taken unless every row is right. */
export function ImportDialog({ type, parentId, onClose }: ImportDialogProps) {
  const t = useTexts(records).importing;
  const texts = useTexts(common);
  const client = useQueryClient();
  const [file, setFile] = useState<File>();
  const send = useMutation({
    mutationFn: (sheet: File) =>
      upload(recordRoutes.importSheet, {
        params: { type: type.name },
        form: { mode: 'all', ...(parentId === undefined ? {} : { parentId }) },
        files: { file: sheet },
        onProgress: () => {},
      }),
    onSuccess: () => void client.invalidateQueries(touched),
  });
  const done = send.data !== undefined && send.data.faults.length === 0;
  return (
    <Dialog
      title={t.title}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{done ? texts.close : texts.cancel}</Button>
          {done ? null : (
            <Button
              kind="primary"
              icon="upload"
              disabled={file === undefined}
              busy={send.isPending}
              onClick={() => file && send.mutate(file)}
            >
              {t.check}
            </Button>
          )}
        </>
      }
    >
      <p>{t.lead}</p>
      <div>
        <ButtonAnchor
          icon="download"
          download
          href={addressOf(recordRoutes.template, { params: { type: type.name } })}
        >
          {t.template}
        </ButtonAnchor>
      </div>
      <FileField
        name="sheet"
        label={t.choose}
        accept=".xlsx,.csv"
        file={file}
        texts={t}
        onFile={(chosen) => {
          send.reset();
          setFile(chosen);
        }}
      />
      {send.error ? <Refused type={type} error={send.error} /> : null}
      {send.data ? <Outcome answer={send.data} /> : null}
    </Dialog>
  );
}

/** The sheet as a whole; with what is wrong in its head, column by column. */
function Refused({ type, error }: { type: RecordType; error: Error }) {
  const said = useSaid();
  const { errors } = toProblem(error);
  /** A head as it was typed, or the field that has none. */
  const nameOf = (path: string) => {
    const field = fieldOf(type, path);
    return field === undefined ? path : said(field.label);
  };
  return (
    <ProblemBox error={error}>
      {errors.length > 0 ? (
        <ul>
          {errors.map(({ path, code, message }) => (
            <li key={`${path} ${code}`}>
              {nameOf(path)}：{message}
            </li>
          ))}
        </ul>
      ) : null}
    </ProblemBox>
  );
}

function Outcome({ answer }: { answer: SheetAnswer }) {
  const t = useTexts(records).importing;
  const said = useSaid();
  const { faults, written } = answer;
  if (faults.length === 0) return <Alert tone="good" announced title={t.good(written)} />;
  const rows = new Set(faults.map(({ row }) => row)).size;
  return (
    <>
      <Alert tone="attention" announced title={written > 0 ? t.partly(written, rows) : t.faults(rows)}>
        {t.faultsText}
      </Alert>
      <div className="data-table fault-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.rowNo}</th>
              <th scope="col">{t.column}</th>
              <th scope="col">{t.fault}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map(({ row, column, code, says }) => (
              <tr key={`${row} ${column} ${code}`}>
                <th scope="row" className="figures">
                  {row}
                </th>
                <td>{column}</td>
                <td>{said(says)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
