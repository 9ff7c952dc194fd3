import { moduleOf } from '@hufu/library';
import { getRouteApi } from '@tanstack/react-router';
import { NewRecordDrawer, RecordFormDrawer } from '../form/form-drawer.tsx';
import { placeOfPart } from '../records-place.ts';
import { useMember } from '../session/library-session.ts';
import { typeNamed } from '../session/modules.ts';
import { RecordDrawer } from '../view/record-drawer.tsx';
import { PERSON } from './person-page.tsx';

const list = getRouteApi('/member/library/people/$id/$part');
const one = getRouteApi('/member/library/people/$id/$part/$sub');
const form = getRouteApi('/member/library/people/$id/$part/$sub/$event');

export function NewPartRoute() {
  const { id, part } = list.useParams();
  const type = typeNamed(part);
  return type ? <NewRecordDrawer type={type} parentId={id} place={placeOfPart(id, part)} /> : null;
}

export function PartRoute() {
  const { id, part, sub } = one.useParams();
  const { maintains } = useMember();
  const type = typeNamed(part);
  return type ? (
    <RecordDrawer
      key={sub}
      type={type}
      id={sub}
      place={placeOfPart(id, part)}
      maintains={maintains(moduleOf(PERSON.name).name)}
    />
  ) : null;
}

export function PartFormRoute() {
  const { id, part, sub, event } = form.useParams();
  const type = typeNamed(part);
  return type ? (
    <RecordFormDrawer key={sub} type={type} id={sub} event={event} place={placeOfPart(id, part)} />
  ) : null;
}
