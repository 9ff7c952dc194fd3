import type { FaqEntry } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { z } from 'zod';
import { faqQuery, useSite } from '../api/site.ts';
import { info } from '../i18n/info.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Icon } from '../ui/icon.tsx';
import { Empty, Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import { findFaq } from './find-faq.ts';
import './info.css';

type Entry = z.infer<typeof FaqEntry>;
const route = getRouteApi('/help');

/** Where other pages and other entries point to. */
const anchorOf = ({ id }: Entry): string => `faq-${id}`;

/** HUB-123: searchable; every entry has its own address. */
export function HelpPage() {
  const t = useTexts(info).help;
  const { data: site } = useSite();
  const faq = useQuery(faqQuery);
  const { q = '' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title={t.title}
      lead={
        <>
          {t.lead} {site ? <PhoneLink phone={site.hotline} /> : null}
        </>
      }
      narrow
    >
      <div className="search field">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={q}
          onChange={(event) =>
            void navigate({
              search: event.target.value === '' ? {} : { q: event.target.value },
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      <Loaded query={faq} skeleton={<Skeleton lines={6} />}>
        {(entries) => <Entries entries={entries} q={q} />}
      </Loaded>
    </Page>
  );
}

function Entries({ entries, q }: { entries: readonly Entry[]; q: string }) {
  const t = useTexts(info).help;
  const { language } = useLanguage();
  const { hash } = useLocation();
  const found = findFaq(entries, { q, language });
  useEffect(() => {
    if (hash !== '') document.getElementById(hash)?.scrollIntoView({ block: 'start' });
  }, [hash]);
  if (found.length === 0) return <Empty title={t.none} />;
  return (
    <>
      <p className="faint faq-count" role="status">
        {t.count(found.length)}
      </p>
      {found.map((entry) => (
        <Question key={entry.id} entry={entry} open={anchorOf(entry) === hash || q !== ''} />
      ))}
    </>
  );
}

function Question({ entry, open }: { entry: Entry; open: boolean }) {
  const t = useTexts(info).help;
  const { language } = useLanguage();
  const english = language === 'en';
  return (
    <details className="faq" id={anchorOf(entry)} open={open}>
      <summary>{english ? entry.questionEn : entry.question}</summary>
      <div className="faq-answer">
        {(english ? entry.answerEn : entry.answer).split('\n').map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one fixed text
          <p key={at}>{line}</p>
        ))}
        <p className="row">
          {entry.links.map((link) => (
            <EntryLink key={link.href} href={link.href} label={english ? link.labelEn : link.label} />
          ))}
          <Link to="/help" hash={anchorOf(entry)} className="faint">
            {t.link}
          </Link>
        </p>
      </div>
    </details>
  );
}

/** A page of this app, an entry of this page, or a file, which only the server has. */
function EntryLink({ href, label }: { href: string; label: string }) {
  const { pathname, hash } = new URL(href, location.origin);
  if (pathname.startsWith('/downloads/')) {
    return (
      <a href={href} download>
        {label}
      </a>
    );
  }
  return (
    <Link to={pathname} {...(hash === '' ? {} : { hash: hash.slice(1) })}>
      {label}
    </Link>
  );
}
