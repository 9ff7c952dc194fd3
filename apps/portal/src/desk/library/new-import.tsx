import { stewardRoutes } from '@hufu/contracts';
import { RECORD_TYPES } from '@hufu/library';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Button } from '../../ui/button.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { SelectField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

/** Records of their own of which an entity may have many. */
const TYPES = RECORD_TYPES.filter(({ single, parent }) => single !== true && parent === undefined);

/** A sheet is checked before anything is written. */
export function NewImport({ onStarted }: { onStarted: () => void }) {
  const t = useTexts(stewards);
  const words = useTexts(common);
  const said = useSaid();
  const [type, setType] = useState('');
  const [file, setFile] = useState<File>();
  const [tried, setTried] = useState(false);
  const start = useMutation({
    mutationFn: (sheet: File) =>
      upload(stewardRoutes.startImport, { form: { type }, files: { file: sheet }, onProgress: () => {} }),
    onSuccess: () => {
      setFile(undefined);
      setTried(false);
      onStarted();
    },
  });
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (type !== '' && file !== undefined) start.mutate(file);
      }}
    >
      <SelectField
        name="type"
        label={t.type}
        value={type}
        onValue={setType}
        placeholder=""
        options={TYPES.map(({ name, label }) => ({ value: name, label: said(label) }))}
        error={tried && type === '' ? words.required : undefined}
      />
      <FileField
        name="sheet"
        label={t.file}
        accept=".xlsx,.csv"
        file={file}
        texts={t.fileTexts}
        error={tried && file === undefined ? words.required : undefined}
        onFile={setFile}
      />
      {start.error ? <ProblemBox error={start.error} /> : null}
      <div>
        <Button kind="primary" type="submit" busy={start.isPending}>
          {t.upload}
        </Button>
      </div>
    </form>
  );
}
