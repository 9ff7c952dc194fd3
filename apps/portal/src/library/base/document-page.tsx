import { getRouteApi } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Task } from '../../signing/task-page.tsx';
import { AsHolder } from './as-holder.tsx';

const route = getRouteApi('/member/library/signing/$id');

/** A document that another enterprise sent to be sealed, by the library's session: where the notice of one's turn leads. */
export function DocumentPage() {
  const t = useTexts(library).nav;
  const { id } = route.useParams();
  return (
    <AsHolder>
      <Task id={id} back="/library/notices" backWords={t.notices} />
    </AsHolder>
  );
}
