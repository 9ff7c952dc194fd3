import type { FileValue } from '@hufu/library';
import { useState } from 'react';
import { fileSize } from '../../format/sizes.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { Icon } from '../../ui/icon.tsx';
import { fileAddress } from './file-address.ts';
import { FilePreview } from './file-preview.tsx';

/** A stored file: look at it, take it, or take it out of the form. */
export function FileRow({ file, onRemove }: { file: FileValue; onRemove?: () => void }) {
  const t = useTexts(records);
  const [open, setOpen] = useState(false);
  return (
    <li className="file-row">
      <Icon name="file" size={18} />
      <button
        type="button"
        className="file-name file-open"
        onClick={() => setOpen(true)}
        aria-label={t.files.previewOf(file.name)}
      >
        {file.name}
      </button>
      <span className="faint figures">{fileSize(file.size)}</span>
      <a className="file-take" href={fileAddress(file.sha256)} download={file.name}>
        {t.view.download}
      </a>
      {onRemove ? (
        <button
          type="button"
          className="icon-button"
          aria-label={t.files.remove(file.name)}
          onClick={onRemove}
        >
          <Icon name="close" size={16} />
        </button>
      ) : null}
      {open ? <FilePreview file={file} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}
