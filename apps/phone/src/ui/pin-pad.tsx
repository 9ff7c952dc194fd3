import { type ReactNode, useId, useState } from 'react';
import { useTexts } from '../i18n/language.tsx';
import { pin as texts } from '../i18n/pin.ts';
import { Button } from './button.tsx';
import { CheckField } from './form.tsx';
import { Icon } from './icon.tsx';

/** OD-38. */
const SHORTEST = 6;
const LONGEST = 16;

const STORE = 'hufu.phone.pin-random';
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

type PinPadProps = {
  label: string;
  /** What the PIN is for, or what is wrong. */
  note?: ReactNode;
  error?: string | undefined;
  busy?: boolean;
  submitLabel: string;
  onSubmit: (pin: string) => void;
};

/**
 * Digits under real buttons: no keyboard of the system, no autofill, nothing of the PIN in the page's text. A keyboard
 * works as well. The layout may be at random, against eyes and traces on the glass.
 */
export function PinPad({ label, note, error, busy = false, submitLabel, onSubmit }: PinPadProps) {
  const t = useTexts(texts);
  const id = useId();
  const [pin, setPin] = useState('');
  const [random, setRandom] = useState(() => localStorage.getItem(STORE) === 'yes');
  const [layout, setLayout] = useState(() => (random ? shuffled() : DIGITS));
  const add = (digit: string) => setPin((typed) => (typed.length < LONGEST ? typed + digit : typed));
  const erase = () => setPin((typed) => typed.slice(0, -1));
  const ready = pin.length >= SHORTEST && !busy;
  const submit = () => {
    if (!ready) return;
    onSubmit(pin);
    setPin('');
    if (random) setLayout(shuffled());
  };
  return (
    <fieldset
      className="pin"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key)) add(event.key);
        else if (event.key === 'Backspace') erase();
        else if (event.key === 'Enter' && event.target === event.currentTarget) submit();
        else return;
        event.preventDefault();
      }}
    >
      <p id={id} className="pin-label">
        {label}
      </p>
      {note ? <div className="pin-note">{note}</div> : null}
      <p className="pin-dots" role="status" aria-label={t.typed(pin.length)}>
        {Array.from({ length: Math.max(SHORTEST, pin.length) }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical dots without state
          <span key={at} className={at < pin.length ? 'pin-dot pin-dot-full' : 'pin-dot'} />
        ))}
      </p>
      {error ? (
        <p className="field-error" role="alert">
          <Icon name="warning" size={16} />
          {error}
        </p>
      ) : null}
      <div className="pin-keys">
        {layout.slice(0, 9).map((digit) => (
          <Digit key={digit} digit={digit} onPress={add} />
        ))}
        <button type="button" className="pin-key pin-key-act" onClick={() => setPin('')}>
          {t.clear}
        </button>
        <Digit digit={layout[9] ?? '0'} onPress={add} />
        <button type="button" className="pin-key pin-key-act" aria-label={t.erase} onClick={erase}>
          <Icon name="erase" size={22} />
        </button>
      </div>
      <CheckField
        checked={random}
        onChecked={(checked) => {
          setRandom(checked);
          localStorage.setItem(STORE, checked ? 'yes' : 'no');
          setLayout(checked ? shuffled() : DIGITS);
        }}
      >
        {t.random}
      </CheckField>
      <Button kind="primary" block busy={busy} disabled={pin.length < SHORTEST && !busy} onClick={submit}>
        {submitLabel}
      </Button>
    </fieldset>
  );
}

function Digit({ digit, onPress }: { digit: string; onPress: (digit: string) => void }) {
  return (
    <button type="button" className="pin-key" onClick={() => onPress(digit)}>
      {digit}
    </button>
  );
}

/** Fisher and Yates, with numbers that nobody can predict. */
function shuffled(): readonly string[] {
  const digits: string[] = [...DIGITS];
  for (let last = digits.length - 1; last > 0; last--) {
    const at = below(last + 1);
    [digits[last], digits[at]] = [digits[at] ?? '', digits[last] ?? ''];
  }
  return digits;
}

function below(limit: number): number {
  const most = 256 - (256 % limit);
  for (;;) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
    if (byte < most) return byte % limit;
  }
}
