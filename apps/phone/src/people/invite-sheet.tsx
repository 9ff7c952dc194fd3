import { phoneRoutes } from '@hufu/contracts';
import { CodedError, parseMobile } from '@hufu/kernel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { useTexts } from '../i18n/language.tsx';
import { people as texts } from '../i18n/people.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/form.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useToast } from '../ui/toast.tsx';
import { peopleQuery } from './people-queries.ts';

function isMobile(text: string): boolean {
  try {
    parseMobile(text);
    return true;
  } catch (error) {
    if (error instanceof CodedError) return false;
    throw error;
  }
}

/** 邀请人员 by phone number; the person accepts in the own app. */
export function InviteSheet({ enterpriseId, onClose }: { enterpriseId: string; onClose: () => void }) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const say = useToast();
  const [mobile, setMobile] = useState('');
  const [asked, setAsked] = useState(false);
  const invite = useMutation({
    mutationFn: () => call(phoneRoutes.invite, { params: { id: enterpriseId }, body: { mobile } }),
    onSuccess: () => {
      say(t.invited);
      void client.invalidateQueries({ queryKey: peopleQuery(enterpriseId).queryKey });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isMobile(mobile)) invite.mutate();
  };
  return (
    <Sheet title={t.invite} onClose={onClose}>
      <form className="sheet-form" noValidate onSubmit={submit}>
        <p>{t.inviteText}</p>
        <TextField
          label={t.mobile}
          type="tel"
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
          error={asked && !isMobile(mobile) ? t.mobileInvalid : undefined}
          value={mobile}
          onValue={setMobile}
        />
        {invite.error ? <ProblemBox error={invite.error} /> : null}
        <Button kind="primary" block type="submit" busy={invite.isPending}>
          {t.inviteSend}
        </Button>
      </form>
    </Sheet>
  );
}
