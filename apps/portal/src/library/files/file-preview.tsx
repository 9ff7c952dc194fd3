import { fileRoutes } from '@hufu/contracts';
import type { FileValue } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { fileAddress, pageAddress } from './file-address.ts';

/** Pictures of the pages, made by the server: nothing of a file runs in the browser. */
export function FilePreview({ file, onClose }: { file: FileValue; onClose: () => void }) {
  const t = useTexts(records);
  const texts = useTexts(common);
  const facts = useQuery({
    queryKey: ['library', 'files', file.sha256],
    queryFn: ({ signal }) => call(fileRoutes.find, { params: { sha256: file.sha256 }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog
      title={file.name}
      wide
      onClose={onClose}
      actions={
        <>
          <ButtonAnchor icon="download" download href={fileAddress(file.sha256)}>
            {t.view.download}
          </ButtonAnchor>
          <Button kind="primary" onClick={onClose}>
            {texts.close}
          </Button>
        </>
      }
    >
      <Loaded query={facts}>
        {({ mediaType, pages }) => (
          <Pages file={file} pages={mediaType === 'application/pdf' ? (pages ?? 0) : 1} />
        )}
      </Loaded>
    </Dialog>
  );
}

function Pages({ file, pages }: { file: FileValue; pages: number }) {
  const t = useTexts(records).files;
  const { page: words, previous, next } = useTexts(common).pager;
  const [page, setPage] = useState(1);
  const [gone, setGone] = useState(false);
  if (pages === 0) return <p>{t.noPreview}</p>;
  return (
    <div className="preview">
      {gone ? (
        <p role="alert">{t.gone}</p>
      ) : (
        <img
          key={page}
          src={pageAddress(file.sha256, page)}
          alt={`${file.name} ${words(page, pages)}`}
          onError={() => setGone(true)}
        />
      )}
      {pages > 1 ? (
        <div className="row preview-pager">
          <Button icon="left" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {previous}
          </Button>
          <span className="figures">{words(page, pages)}</span>
          <Button icon="right" disabled={page >= pages} onClick={() => setPage(page + 1)}>
            {next}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
