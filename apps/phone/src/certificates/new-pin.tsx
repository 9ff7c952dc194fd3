import { useState } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { pin as texts } from '../i18n/pin.ts';
import { PinPad } from '../ui/pin-pad.tsx';
import { isWeakPin } from './weak-pin.ts';

type NewPinProps = {
  /** 设置PIN码, or 设置新的PIN码. */
  label: string;
  againLabel: string;
  submitLabel: string;
  busy?: boolean;
  onPin: (pin: string) => void;
};

/** A PIN set twice with the same fingers (OD-38); the easily guessed ones are refused. */
export function NewPin({ label, againLabel, submitLabel, busy = false, onPin }: NewPinProps) {
  const t = useTexts(texts);
  const { next } = useTexts(common);
  const [first, setFirst] = useState<string>();
  const [error, setError] = useState<string>();
  if (first === undefined) {
    return (
      <PinPad
        key="first"
        label={label}
        note={t.hint}
        error={error}
        submitLabel={next}
        onSubmit={(pin) => {
          const weak = isWeakPin(pin);
          setError(weak ? t.weak : undefined);
          if (!weak) setFirst(pin);
        }}
      />
    );
  }
  return (
    <PinPad
      key="again"
      label={againLabel}
      note={t.hint}
      busy={busy}
      submitLabel={submitLabel}
      onSubmit={(pin) => {
        if (pin === first) {
          onPin(pin);
          return;
        }
        setFirst(undefined);
        setError(t.differ);
      }}
    />
  );
}
