import type { DeskAuthority } from '@hufu/contracts';
import { AuthorityHealth } from '../../hub/authority-health.tsx';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Status } from '../../ui/status.tsx';

/** How it fares; of one in the region that nobody has let in yet, that first. */
export function AuthorityState({ authority }: { authority: DeskAuthority }) {
  const { notJoined } = useTexts(desk).platforms;
  return (
    <>
      {authority.inRegion && !authority.joined ? <Status tone="idle">{notJoined}</Status> : null}{' '}
      <AuthorityHealth authority={authority} />
    </>
  );
}
