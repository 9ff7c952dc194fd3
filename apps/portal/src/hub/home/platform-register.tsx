import type { PlatformPublic } from '@hufu/contracts';
import { common } from '../../i18n/common.ts';
import { home } from '../../i18n/home.ts';
import { useNamed, useTexts } from '../../i18n/language.tsx';
import { Status } from '../../ui/status.tsx';
import { byGroup } from '../platform-groups.ts';

/** HUB-010, HUB-011: every platform with whether it has joined. */
export function PlatformRegister({ platforms }: { platforms: readonly PlatformPublic[] }) {
  const t = useTexts(home);
  const { groups } = useTexts(common);
  const named = useNamed();
  const joined = platforms.filter((platform) => platform.joined).length;
  return (
    <>
      <div className="row-spread">
        <h2>{t.platforms}</h2>
        <p className="faint">{t.joinedCount(joined, platforms.length)}</p>
      </div>
      <div className="register">
        {byGroup(platforms).map(({ group, items }) => (
          <section key={group} className="register-group">
            <h3>{groups[group]}</h3>
            <ul>
              {items.map((platform) => (
                <li key={platform.code}>
                  <span>{named(platform)}</span>
                  <PlatformState platform={platform} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {joined < platforms.length ? <p className="faint register-hint">{t.notJoinedHint}</p> : null}
    </>
  );
}

function PlatformState({ platform }: { platform: PlatformPublic }) {
  const t = useTexts(home);
  if (platform.suspended) return <Status tone="attention">{t.suspended}</Status>;
  return platform.joined ? (
    <Status tone="good">{t.joined}</Status>
  ) : (
    <Status tone="idle">{t.notJoined}</Status>
  );
}
