import type { AuthorityContact } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { authoritiesQuery, supportQuery } from '../api/site.ts';
import { AuthorityHealth } from '../hub/authority-health.tsx';
import { info } from '../i18n/info.ts';
import { useNamed, useTexts } from '../i18n/language.tsx';
import { Loaded, Skeleton } from '../ui/loaded.tsx';
import { Page } from '../ui/page.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import { Status } from '../ui/status.tsx';
import './info.css';

/** HUB-120, HUB-121, HUB-122. */
export function SupportPage() {
  const t = useTexts(info).support;
  const named = useNamed();
  const support = useQuery(supportQuery);
  const authorities = useQuery(authoritiesQuery);
  return (
    <Page title={t.title} lead={t.lead}>
      <div className="stack">
        <section className="stack-tight">
          <h2>{t.authorities}</h2>
          <p className="faint">{t.authoritiesHint}</p>
          <Loaded query={authorities} skeleton={<Skeleton lines={2} tall />}>
            {(list) => (
              <ul className="contacts">
                {[...list]
                  .sort((a, b) => Number(b.joined) - Number(a.joined))
                  .map((authority) => (
                    <Authority key={authority.id} authority={authority} />
                  ))}
              </ul>
            )}
          </Loaded>
        </section>
        <section className="stack-tight">
          <h2>{t.platforms}</h2>
          <Loaded query={support} skeleton={<Skeleton lines={4} />}>
            {(list) => (
              <div className="plain-table">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{t.name}</th>
                      <th scope="col">{t.phone}</th>
                      <th scope="col">{t.note}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {list.map((contact) => (
                      <tr key={contact.name}>
                        <th scope="row">{named(contact)}</th>
                        <td>
                          <PhoneLink phone={contact.phone} />
                        </td>
                        <td>{contact.note}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Loaded>
        </section>
      </div>
    </Page>
  );
}

function Authority({ authority }: { authority: AuthorityContact }) {
  const t = useTexts(info).support;
  const named = useNamed();
  return (
    <li className="contact">
      <span className="contact-name">{named(authority)}</span>
      <span className="row">
        <Status tone={authority.joined ? 'good' : 'idle'}>
          {authority.joined ? t.isJoined : t.notJoined}
        </Status>
        {authority.joined ? <AuthorityHealth authority={authority} /> : null}
      </span>
      <span className="row">
        <PhoneLink phone={authority.phone} />
        {authority.website ? (
          <a href={authority.website} target="_blank" rel="noreferrer">
            {t.visit}
          </a>
        ) : null}
      </span>
    </li>
  );
}
