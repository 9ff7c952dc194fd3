import type { PinEntry } from '@hufu/phone-key';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { toProblem } from '../api/problem.ts';
import { useTexts } from '../i18n/language.tsx';
import { pin as texts } from '../i18n/pin.ts';
import { Button } from '../ui/button.tsx';
import { PinPad } from '../ui/pin-pad.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { biometricOf, openBiometric } from './biometric.ts';
import { openPhoneKey } from './phone-key.ts';
import { warmStretch } from './stretch.ts';

type PinSheetProps = {
  title: string;
  /** What the PIN is entered for. */
  note?: ReactNode;
  submitLabel: string;
  /** The half that is to be opened: its biometrics are offered. */
  halfId?: string;
  busy: boolean;
  /** Of the last use; a wrong PIN shows beside the pad. */
  error: unknown;
  onPin: (pin: PinEntry) => void;
  onClose: () => void;
};

/** Asks for the PIN of a key, or for the device's biometrics in its place. */
export function PinSheet({ title, note, submitLabel, halfId, busy, error, onPin, onClose }: PinSheetProps) {
  const t = useTexts(texts);
  const [failed, setFailed] = useState<unknown>();
  useEffect(warmStretch, []);
  const biometric = useQuery({
    queryKey: ['device', 'biometric', halfId],
    queryFn: async () => {
      if (halfId === undefined) return null;
      const engine = await openPhoneKey();
      return (await biometricOf(await engine.settingOf(halfId))) ?? null;
    },
    staleTime: 0,
    retry: false,
  });
  const kept = biometric.data ?? undefined;
  const problem = error === undefined || error === null ? undefined : toProblem(error);
  const left = problem?.code === 'PHONE_PIN_WRONG' ? (problem.field('triesLeft') ?? '') : undefined;
  return (
    <Sheet title={title} onClose={onClose}>
      {problem !== undefined && left === undefined ? <ProblemBox error={problem} /> : null}
      {failed === undefined ? null : <ProblemBox error={failed} />}
      {kept === undefined ? null : (
        <Button
          block
          icon="face"
          busy={busy}
          onClick={() => {
            setFailed(undefined);
            openBiometric(kept).then(onPin, setFailed);
          }}
        >
          {t.useBiometric}
        </Button>
      )}
      <PinPad
        label={t.enter}
        note={note}
        error={left === undefined ? undefined : t.wrong(left)}
        busy={busy}
        submitLabel={submitLabel}
        onSubmit={onPin}
      />
    </Sheet>
  );
}
