import type { FileValue } from '@hufu/library';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type ProblemError, problemTitle, toProblem } from '../../../api/problem.ts';
import { fileSize } from '../../../format/sizes.ts';
import { useLanguage, useTexts } from '../../../i18n/language.tsx';
import { records } from '../../../i18n/records.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { FileRow } from '../../files/file-row.tsx';
import { uploadFile } from '../../files/upload-file.ts';
import type { ControlProps } from './control.ts';

type Upload = {
  readonly key: number;
  readonly file: File;
  readonly share: number;
  readonly stop: AbortController;
  readonly error?: ProblemError;
};

const MOST = 20;
let lastKey = 0;

type FilesControlProps = ControlProps<'files'> & { label: string; onBusy: (busy: boolean) => void };

/** Files go to the server as soon as they are chosen; the record holds their digests. */
export function FilesControl(props: FilesControlProps) {
  const { field, id, value, onValue, onLeave, onBusy, describedBy, label } = props;
  const t = useTexts(records).files;
  const files = Array.isArray(value) ? (value as readonly FileValue[]) : [];
  const latest = useRef(files);
  latest.current = files;
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const busy = uploads.some(({ error }) => error === undefined);
  const tellBusy = useEffectEvent(onBusy);
  useEffect(() => tellBusy(busy), [busy]);

  const patch = (key: number, part: Partial<Upload>) =>
    setUploads((list) => list.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: number) => setUploads((list) => list.filter((one) => one.key !== key));
  const run = async ({ key, file, stop }: Upload) => {
    try {
      const stored = await uploadFile(file, {
        signal: stop.signal,
        onProgress: (share) => patch(key, { share }),
      });
      drop(key);
      if (latest.current.some(({ sha256 }) => sha256 === stored.sha256)) return;
      latest.current = [...latest.current, stored];
      onValue(latest.current);
    } catch (cause) {
      if (stop.signal.aborted) drop(key);
      else patch(key, { error: toProblem(cause) });
    }
  };
  const add = (chosen: FileList | null) => {
    const room = (field.max ?? MOST) - files.length - uploads.length;
    const begun = [...(chosen ?? [])].slice(0, Math.max(0, room)).map((file): Upload => {
      lastKey += 1;
      return { key: lastKey, file, share: 0, stop: new AbortController() };
    });
    setUploads((list) => [...list, ...begun]);
    for (const upload of begun) void run(upload);
  };
  const again = (upload: Upload) => {
    const { error: _error, ...rest } = upload;
    const next = { ...rest, stop: new AbortController() };
    setUploads((list) => list.map((one) => (one.key === upload.key ? next : one)));
    void run(next);
  };
  const full = files.length + uploads.length >= (field.max ?? MOST);
  return (
    <div className="files">
      {full ? null : (
        <label
          className="drop"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            add(event.dataTransfer.files);
          }}
        >
          <input
            id={id}
            type="file"
            multiple={(field.max ?? MOST) > 1}
            accept={(field.mediaTypes ?? ACCEPTED).join(',')}
            aria-label={label}
            aria-invalid={props.invalid ? true : undefined}
            aria-describedby={describedBy}
            onChange={(event) => {
              add(event.target.files);
              event.target.value = '';
            }}
            onBlur={onLeave}
          />
          <Icon name="upload" size={20} />
          <span className="drop-words">
            <span className="drop-name">{t.choose}</span>
            <span className="faint">{t.hint(field.max ?? MOST)}</span>
          </span>
        </label>
      )}
      {files.length + uploads.length > 0 ? (
        <ul className="file-list" aria-label={label}>
          {files.map((file) => (
            <FileRow
              key={file.sha256}
              file={file}
              onRemove={() => onValue(files.filter((one) => one.sha256 !== file.sha256))}
            />
          ))}
          {uploads.map((upload) => (
            <UploadRow
              key={upload.key}
              upload={upload}
              onAgain={() => again(upload)}
              onDrop={() => drop(upload.key)}
            />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

const ACCEPTED = ['application/pdf', 'image/png', 'image/jpeg'];

type UploadRowProps = { upload: Upload; onAgain: () => void; onDrop: () => void };

function UploadRow({ upload, onAgain, onDrop }: UploadRowProps) {
  const t = useTexts(records).files;
  const { language } = useLanguage();
  const { file, share, error, stop } = upload;
  const percent = Math.round(share * 100);
  const words = share >= 1 ? t.checking : t.sending(percent);
  return (
    <li className="file-row">
      <Icon name="file" size={18} />
      <span className="file-name">
        {file.name} <span className="faint">{fileSize(file.size)}</span>
      </span>
      {error ? (
        <span className="file-wrong" role="alert">
          {t.failed}：{problemTitle(error.problem, language)}
        </span>
      ) : (
        <span className="file-progress">
          <progress value={share} max={1} aria-label={`${file.name} ${words}`} />
          <span className="faint figures">{words}</span>
        </span>
      )}
      {error?.problem.retry === 'later' ? (
        <Button kind="quiet" icon="refresh" onClick={onAgain}>
          {t.retry}
        </Button>
      ) : null}
      <button
        type="button"
        className="icon-button"
        aria-label={t.cancel(file.name)}
        onClick={() => (error ? onDrop() : stop.abort())}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}
