import type { Download } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { downloadsQuery, useSite } from '../api/site.ts';
import { fileSize } from '../format/sizes.ts';
import { common } from '../i18n/common.ts';
import { info } from '../i18n/info.ts';
import { useNamed, useTexts } from '../i18n/language.tsx';
import { GetApp } from '../phone/get-app.tsx';
import { ButtonAnchor } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { Status } from '../ui/status.tsx';
import './info.css';

type DownloadView = z.infer<typeof Download>;

/** 「互通驱动下载」 (HUB-007, AST-001) and the templates (HUB-102). */
export function DownloadsPage() {
  const t = useTexts(info).downloads;
  const named = useNamed();
  const downloads = useQuery(downloadsQuery);
  const { data: site } = useSite();
  return (
    <Page title={t.title} lead={t.lead}>
      <div className="columns">
        <Loaded query={downloads} skeleton={<Skeleton lines={3} tall />}>
          {(list) =>
            list.length === 0 ? (
              <Empty title={t.empty} />
            ) : (
              <div className="stack">
                <DownloadList title={t.drivers} files={list.filter((file) => file.systems.length > 0)} />
                <GetApp />
                <DownloadList title={t.templates} files={list.filter((file) => file.systems.length === 0)} />
              </div>
            )
          }
        </Loaded>
        <aside className="notes-side">
          <h2>{t.steps}</h2>
          <ol className="numbered">
            {t.step.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {site ? <p>{t.library(site.regionName)}</p> : null}
          <p>
            <Link to="/preparation">{t.preparation}</Link>
          </p>
          {site && site.guides.length > 0 ? (
            <>
              <h2>{t.guides}</h2>
              <ul>
                {site.guides.map((guide) => (
                  <li key={guide.url}>
                    <a href={guide.url} target="_blank" rel="noreferrer">
                      {named(guide)}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </aside>
      </div>
    </Page>
  );
}

function DownloadList({ title, files }: { title: string; files: readonly DownloadView[] }) {
  if (files.length === 0) return null;
  return (
    <section className="stack-tight">
      <h2>{title}</h2>
      {files.map((file) => (
        <DownloadCard key={file.id} file={file} />
      ))}
    </section>
  );
}

/** The system that the browser runs on, as far as it tells. */
const isForThisComputer = (file: DownloadView): boolean => {
  const name = /Windows/.test(navigator.userAgent)
    ? 'windows'
    : /Mac OS X/.test(navigator.userAgent)
      ? 'mac'
      : 'linux';
  return file.systems.some((system) => system.toLowerCase().includes(name));
};

function DownloadCard({ file }: { file: DownloadView }) {
  const t = useTexts(info).downloads;
  const named = useNamed();
  const { listSeparator } = useTexts(common);
  const mine = isForThisComputer(file);
  return (
    <article className={mine ? 'card download download-mine' : 'card download'}>
      <div className="row-spread">
        <h3>{named(file)}</h3>
        {mine ? <Status tone="good">{t.yours}</Status> : null}
      </div>
      <Facts
        compact
        facts={[
          { label: t.version, value: file.version },
          { label: t.size, value: fileSize(file.size) },
          ...(file.systems.length > 0 ? [{ label: t.systems, value: file.systems.join(listSeparator) }] : []),
          { label: t.checksum, value: <code>{file.sha256}</code>, wide: true },
        ]}
      />
      <div>
        <ButtonAnchor href={file.url} icon="download" kind={mine ? 'primary' : 'plain'} download>
          {t.download}
        </ButtonAnchor>
      </div>
    </article>
  );
}
