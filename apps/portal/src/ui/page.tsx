import { type ReactNode, useEffect } from 'react';
import { useSite } from '../api/site.ts';

type PageProps = {
  title: string;
  lead?: ReactNode;
  /** Beside the title. */
  aside?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
};

export function useDocumentTitle(title: string): void {
  const { data: site } = useSite();
  useEffect(() => {
    document.title = site ? `${title} · ${site.hubTitle}` : title;
  }, [title, site]);
}

/** One page, one purpose: its heading names it, and takes the focus after a change of page. */
export function Page({ title, lead, aside, narrow = false, children }: PageProps) {
  useDocumentTitle(title);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead ? <p className="page-lead">{lead}</p> : null}
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
