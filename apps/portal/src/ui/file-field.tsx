import { fileSize } from '../format/sizes.ts';
import { describedBy, FieldError, fieldId } from './form.tsx';
import { Icon } from './icon.tsx';

export type FileFieldTexts = { readonly choose: string; readonly change: string; readonly hint: string };

type FileFieldProps = {
  name: string;
  label: string;
  accept: string;
  file: File | undefined;
  error?: string | undefined;
  texts: FileFieldTexts;
  onFile: (file: File | undefined) => void;
};

/** One file, by choosing or by dropping it. */
export function FileField({ name, label, accept, file, error, texts, onFile }: FileFieldProps) {
  const id = fieldId(name);
  return (
    <div className={error ? 'field field-wrong' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <label
        className="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          onFile(event.dataTransfer.files[0]);
        }}
      >
        <input
          id={id}
          type="file"
          accept={accept}
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(name, true, Boolean(error))}
          onChange={(event) => onFile(event.target.files?.[0])}
        />
        <Icon name={file ? 'file' : 'upload'} size={24} />
        <span className="drop-words">
          <span className="drop-name">{file ? file.name : texts.choose}</span>
          <span className="faint" id={`${id}-hint`}>
            {file ? `${fileSize(file.size)} · ${texts.change}` : texts.hint}
          </span>
        </span>
      </label>
      <FieldError name={name} error={error} />
    </div>
  );
}
