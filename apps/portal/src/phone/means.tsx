import { type ReactNode, useState } from 'react';
import { usePhoneOffered } from '../api/site.ts';
import { useTexts } from '../i18n/language.tsx';
import { phone } from '../i18n/phone.ts';
import { Icon } from '../ui/icon.tsx';
import './phone.css';

const MEANS = ['key', 'phone'] as const;
/** What one signs with: a lock in this computer, or a phone. */
export type Means = (typeof MEANS)[number];

const STORE = 'hufu.means';

function remembered(): Means | undefined {
  try {
    const kept = localStorage.getItem(STORE);
    return MEANS.find((one) => one === kept);
  } catch {
    return undefined;
  }
}

function remember(means: Means): void {
  try {
    localStorage.setItem(STORE, means);
  } catch {
    // Without storage the choice is made again at the next visit.
  }
}

type MeansChoiceProps = {
  /** Chosen by the way here; otherwise the last choice counts. */
  first?: Means | undefined;
  /** What scanning is called here. */
  phoneLabel?: string | undefined;
  children: (means: Means) => ReactNode;
};

/** 「USB证书锁」 or 「标证通扫码」, wherever a certificate is used. The last choice is remembered. */
export function MeansChoice({ first, phoneLabel, children }: MeansChoiceProps) {
  const t = useTexts(phone);
  const offered = usePhoneOffered();
  const [means, setMeans] = useState<Means>(() => first ?? remembered() ?? 'key');
  const labels: Record<Means, string> = { key: t.byKey, phone: phoneLabel ?? t.byPhone };
  if (!offered) return children('key');
  return (
    <div className="stack">
      <fieldset className="means">
        <legend className="visually-hidden">{t.means}</legend>
        {MEANS.map((one) => (
          <label key={one} className="means-one">
            <input
              type="radio"
              name="means"
              value={one}
              checked={means === one}
              onChange={() => {
                remember(one);
                setMeans(one);
              }}
            />
            <Icon name={one === 'key' ? 'key' : 'qr'} />
            <span>{labels[one]}</span>
          </label>
        ))}
      </fieldset>
      {children(means)}
    </div>
  );
}
