import type { EnterpriseProfile } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ago } from '../../format/dates.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { profile as profileTexts } from '../../i18n/profile.ts';
import { EnterprisePhones } from '../../phone/enterprise-phones.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { WithSession } from '../need-login.tsx';
import { Basics } from './basics.tsx';
import { BoundCertificates } from './bound-certificates.tsx';
import { Notices } from './notices.tsx';
import { profileQuery } from './profile-query.ts';
import './profile.css';

const route = getRouteApi('/profile');

/** 个人信息维护 (HUB-080 … HUB-087): to look at until 「修改信息」 is pressed. */
export function ProfilePage() {
  return <WithSession>{() => <Profile />}</WithSession>;
}

function Profile() {
  const t = useTexts(profileTexts);
  const profile = useQuery(profileQuery);
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded query={profile} skeleton={<Skeleton lines={4} tall />}>
        {(data) => <Sections profile={data} />}
      </Loaded>
    </Page>
  );
}

function Sections({ profile }: { profile: EnterpriseProfile }) {
  const t = useTexts(profileTexts);
  const { language } = useLanguage();
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const editing = edit === true && profile.editable;
  const [saved, setSaved] = useState(false);
  const setEditing = (next: boolean) =>
    void navigate({ search: next ? { edit: true } : {}, resetScroll: false, hash: true });
  return (
    <div className="profile">
      <nav className="contents" aria-label={t.contents}>
        <a href="#basics">{t.basics}</a>
        <a href="#certificates">{t.certificates}</a>
        <a href="#notices">{t.notices}</a>
        <Link to="/evidence">{t.history}</Link>
        {profile.editable ? (
          <Button
            kind={editing ? 'plain' : 'primary'}
            onClick={() => {
              setSaved(false);
              setEditing(!editing);
            }}
          >
            {editing ? t.stop : t.edit}
          </Button>
        ) : null}
        <p className="faint">{t.updatedAt(ago(profile.updatedAt, Date.now(), language))}</p>
      </nav>
      <div className="stack">
        {profile.editable ? null : <Alert tone="info" title={t.secondary} />}
        <Basics
          key={profile.version}
          profile={profile}
          editing={editing}
          saved={saved}
          onSaved={() => {
            setSaved(true);
            setEditing(false);
          }}
        />
        <BoundCertificates profile={profile} editing={editing} />
        {profile.editable ? <EnterprisePhones realm="hub" /> : null}
        <Notices />
      </div>
    </div>
  );
}
