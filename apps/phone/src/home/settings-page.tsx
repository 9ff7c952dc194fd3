import { type ThemeChoice, useTheme } from '@hufu/theme/choice';
import { useNavigate } from '@tanstack/react-router';
import { useLogout, useSession } from '../api/session.ts';
import { useRealName } from '../app/real-name.tsx';
import { common } from '../i18n/common.ts';
import { home } from '../i18n/home.ts';
import { type Language, useLanguage, useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { Cell, Group } from '../ui/cell.tsx';
import { SelectField } from '../ui/form.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status.tsx';
import { BiometricGroup } from './biometric-group.tsx';

/** 我的: account, real name, language and appearance. */
export function SettingsPage() {
  const t = useTexts(home);
  const texts = useTexts(common);
  const { language, setLanguage } = useLanguage();
  const { choice, choose } = useTheme();
  const navigate = useNavigate();
  const session = useSession();
  const realName = useRealName();
  const logout = useLogout(() => void navigate({ to: '/login', replace: true }));
  return (
    <Screen title={t.settings} back="/">
      <Loaded query={session}>
        {(data) =>
          data === null ? null : (
            <Group title={t.account}>
              <Cell title={t.mobile} value={<span className="figures">{data.mobileMasked}</span>} />
              {data.verified ? (
                <Cell
                  title={t.realName}
                  note={`${data.name ?? ''} ${data.idNumberMasked ?? ''}`}
                  value={<Status tone="good">{t.verified}</Status>}
                />
              ) : (
                <Cell
                  title={t.realName}
                  value={<Status tone="attention">{t.unverified}</Status>}
                  onPress={() => realName.mutate()}
                />
              )}
              <Cell title={t.thisDevice} value={data.device?.name ?? ''} link={{ to: '/devices' }} />
            </Group>
          )
        }
      </Loaded>
      {realName.error ? <ProblemBox error={realName.error} /> : null}
      <BiometricGroup />
      <section className="panel">
        <SelectField
          label={texts.language}
          value={language}
          onValue={(value) => setLanguage(value as Language)}
          choices={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
        <SelectField
          label={texts.theme.label}
          value={choice}
          onValue={(value) => choose(value as ThemeChoice)}
          choices={[
            { value: 'system', label: texts.theme.system },
            { value: 'light', label: texts.theme.light },
            { value: 'dark', label: texts.theme.dark },
          ]}
        />
      </section>
      {logout.error ? <ProblemBox error={logout.error} /> : null}
      <Button icon="leave" block busy={logout.isPending} onClick={() => logout.mutate()}>
        {t.logout}
      </Button>
      <p className="faint">{t.logoutText}</p>
    </Screen>
  );
}
