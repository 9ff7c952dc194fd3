import { getRouteApi, useRouter } from '@tanstack/react-router';
import { usePhoneOffered, useSite } from '../../api/site.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { login } from '../../i18n/login.ts';
import { phone } from '../../i18n/phone.ts';
import { Page } from '../../ui/page.tsx';
import { Way } from '../../ui/way.tsx';
import { LoginFlow } from './login-flow.tsx';

const route = getRouteApi('/login');

/** 「内蒙古自治区CA统一认证平台」 (HUB-050), by lock or phone (HUB-051). The title is the region's. */
export function LoginPage() {
  const t = useTexts(login);
  const { language } = useLanguage();
  const { loginLead } = useTexts(phone);
  const { data: site } = useSite();
  const offered = usePhoneOffered();
  const { next, by } = route.useSearch();
  const router = useRouter();
  return (
    <Page
      title={language === 'zh' ? (site?.authTitle ?? t.title) : t.title}
      lead={offered ? loginLead : t.lead}
      narrow
    >
      <Way at={0} />
      <LoginFlow key={by} first={by} onLoggedIn={() => void router.navigate({ href: next ?? '/session' })} />
    </Page>
  );
}
