import { phoneRoutes } from '@hufu/contracts';
import { parseMobile } from '@hufu/kernel';
import { Mark } from '@hufu/theme/mark';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { enterSession } from '../api/session.ts';
import { useTexts } from '../i18n/language.tsx';
import { login } from '../i18n/login.ts';
import { keptScanned } from '../scan/scanned.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/form.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { useSecondsUntil } from './seconds-until.ts';
import './login.css';

/** 手机验证码登录 (MOB-002). */
export function LoginPage() {
  const t = useTexts(login);
  const client = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/login' });
  const [mobile, setMobile] = useState('');
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<{ readonly mobile?: string; readonly code?: string }>({});

  const send = useMutation({ mutationFn: () => call(phoneRoutes.sendCode, { body: { mobile } }) });
  const wait = useSecondsUntil(send.data?.againAt);
  const enter = useMutation({
    mutationFn: () => call(phoneRoutes.login, { body: { mobile, code } }),
    onSuccess: async (session) => {
      enterSession(client, session);
      await router.invalidate();
      const scanned = keptScanned() === undefined ? '/' : '/scan/confirm';
      await navigate({ to: next ?? scanned, replace: true });
    },
  });

  const mobileRight = (): boolean => {
    const right = isMobile(mobile);
    setWrong(right ? {} : { mobile: t.mobileWrong });
    return right;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!mobileRight()) return;
    if (/^\d{6}$/.test(code)) enter.mutate();
    else setWrong({ code: t.codeWrong });
  };

  return (
    <Screen title={t.title}>
      <div className="login-brand">
        <Mark apart={5} />
        <p className="faint">{t.lead}</p>
      </div>
      <form className="login-form" noValidate onSubmit={submit}>
        <TextField
          label={t.mobile}
          type="tel"
          inputMode="tel"
          autoComplete="tel-national"
          maxLength={11}
          value={mobile}
          onValue={(value) => setMobile(value.replaceAll(/\D/g, ''))}
          error={wrong.mobile}
        />
        <div className="field-row">
          <TextField
            label={t.code}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onValue={(value) => setCode(value.replaceAll(/\D/g, ''))}
            error={wrong.code}
          />
          <Button
            busy={send.isPending}
            disabled={wait > 0}
            onClick={() => {
              if (mobileRight()) send.mutate();
            }}
          >
            {wait > 0 ? t.again(wait) : t.send}
          </Button>
        </div>
        <p className="field-hint" role="status">
          {send.data ? t.codeHint(send.data.mobileMasked) : ''}
        </p>
        {send.error ? <ProblemBox error={send.error} /> : null}
        {enter.error ? <ProblemBox error={enter.error} /> : null}
        <Button kind="primary" block type="submit" busy={enter.isPending}>
          {t.submit}
        </Button>
        <p className="faint">{t.firstTime}</p>
      </form>
    </Screen>
  );
}

function isMobile(text: string): boolean {
  try {
    parseMobile(text);
    return true;
  } catch {
    return false;
  }
}
