import type { Target } from '@hufu/contracts';
import { useId } from 'react';
import { ago } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { hub } from '../../i18n/hub.ts';
import { useLanguage, useNamed, useTexts } from '../../i18n/language.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { Status } from '../../ui/status.tsx';
import type { TargetSection } from './arrange-targets.ts';

type TargetListProps = {
  sections: readonly TargetSection[];
  chosen: string | undefined;
  onChoose: (code: string) => void;
};

/** Exactly one may be chosen (HUB-062): radio buttons, so the arrow keys work. */
export function TargetList({ sections, chosen, onChoose }: TargetListProps) {
  const t = useTexts(hub).platforms;
  const { groups } = useTexts(common);
  const hint = useId();
  const someOutside = sections.some(({ targets }) => targets.some(({ joined }) => !joined));
  const list = sections.map(({ id, targets }) => (
    <fieldset key={id} className="target-group">
      <legend>{id === 'RECENT' ? t.recent : groups[id]}</legend>
      <div className="target-grid">
        {targets.map((target) => (
          <TargetChoice
            key={target.code}
            target={target}
            checked={target.code === chosen}
            hint={hint}
            onChoose={() => onChoose(target.code)}
          />
        ))}
      </div>
    </fieldset>
  ));
  return (
    <>
      {someOutside ? (
        <p className="target-hint">
          <Status tone="idle">{t.notJoined}</Status> <span id={hint}>{t.notJoinedText}</span>
        </p>
      ) : null}
      {list}
    </>
  );
}

type TargetChoiceProps = {
  target: Target;
  checked: boolean;
  /** Id of the words about those that have not joined. */
  hint: string;
  onChoose: () => void;
};

function TargetChoice({ target, checked, hint, onChoose }: TargetChoiceProps) {
  const named = useNamed();
  return (
    <label className={target.reachable ? 'target' : 'target target-closed'}>
      <input
        type="radio"
        name="platform"
        value={target.code}
        checked={checked}
        disabled={!target.reachable}
        aria-describedby={target.joined ? undefined : hint}
        onChange={onChoose}
      />
      <span className="target-words">
        <span className="target-name">{named(target)}</span>
        <TargetState target={target} />
      </span>
    </label>
  );
}

function TargetState({ target }: { target: Target }) {
  const t = useTexts(hub).platforms;
  const { language } = useLanguage();
  if (!target.joined) {
    return <Status tone="idle">{t.notJoined}</Status>;
  }
  if (target.suspended) {
    return (
      <>
        <Status tone="attention">{t.suspended}</Status>
        <span className="faint">
          {t.suspendedText} {t.support} <PhoneLink phone={target.supportPhone} />
        </span>
      </>
    );
  }
  if (target.activatedAt === null) return <span className="faint">{t.firstTime}</span>;
  return (
    <span className="target-states">
      <Status tone="good">{t.activated}</Status>
      {target.lastLoginAt ? (
        <span className="faint">{t.lastLogin(ago(target.lastLoginAt, Date.now(), language))}</span>
      ) : null}
    </span>
  );
}
