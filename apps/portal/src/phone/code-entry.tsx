import { SCAN_CODE_DIGITS, type ScanSession, scanRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { isCode, problemTitle, toProblem } from '../api/problem.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';
import { Button } from '../ui/button.tsx';
import { fieldId, TextField } from '../ui/form.tsx';

type CodeEntryProps = { scan: ScanSession; onChecked: (scan: ScanSession) => void };

/** Whoever holds the phone sits before this page: the code that the phone shows is typed here. */
export function CodeEntry({ scan, onChecked }: CodeEntryProps) {
  const t = useTexts(phone);
  const { language } = useLanguage();
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>(`#${fieldId('scan-code')}`)?.focus(), []);
  const check = useMutation({
    mutationFn: (typed: string) => call(scanRoutes.code, { params: { id: scan.id }, body: { code: typed } }),
    onSuccess: onChecked,
    onError: () => setCode(''),
  });
  const type = (typed: string) => {
    const digits = typed.replaceAll(/\D/g, '').slice(0, SCAN_CODE_DIGITS);
    setCode(digits);
    if (digits.length === SCAN_CODE_DIGITS && !check.isPending) check.mutate(digits);
  };
  const problem = check.error ? toProblem(check.error) : undefined;
  const wrong =
    problem &&
    (isCode(problem, 'SCAN_CODE_WRONG')
      ? t.codeWrong(scan.triesLeft)
      : problemTitle(problem.problem, language));
  return (
    <form
      ref={form}
      className="scan-code"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.length === SCAN_CODE_DIGITS) check.mutate(code);
      }}
    >
      <TextField
        name="scan-code"
        label={t.code}
        hint={t.codeHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={SCAN_CODE_DIGITS + 2}
        error={wrong}
        value={code}
        onValue={type}
      />
      <Button kind="primary" type="submit" busy={check.isPending}>
        {t.codeSubmit}
      </Button>
    </form>
  );
}
