import { fileRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { fileSize } from '../../format/sizes.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

/** How much room the entity's attachments take, and how much is left. */
export function FilesPage() {
  const t = useTexts(library).files;
  const quota = useQuery({
    queryKey: ['library', 'file-quota'],
    queryFn: ({ signal }) => call(fileRoutes.quota, { signal }),
  });
  return (
    <Page title={t.title} lead={t.lead} narrow>
      <Loaded query={quota}>
        {({ bytes, usedBytes, files, usedFiles, largestFile }) => (
          <div className="card stack">
            <Share
              label={t.used}
              words={t.of(fileSize(usedBytes), fileSize(bytes))}
              share={usedBytes / bytes}
            />
            <Share label={t.count} words={t.countOf(usedFiles, files)} share={usedFiles / files} />
            <p>
              {t.largest} <span className="figures">{fileSize(largestFile)}</span>
            </p>
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Share({ label, words, share }: { label: string; words: string; share: number }) {
  return (
    <div className="share">
      <div className="row-spread">
        <strong>{label}</strong>
        <span className="figures">{words}</span>
      </div>
      <meter min={0} max={1} high={0.9} value={Math.min(1, share)} aria-label={`${label} ${words}`} />
    </div>
  );
}
