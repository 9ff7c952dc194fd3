import { getRouteApi } from '@tanstack/react-router';
import { placeOfModule } from '../records-place.ts';
import { useTypeOfRoute } from '../session/modules.ts';
import { NewRecordDrawer, RecordFormDrawer } from './form-drawer.tsx';

const list = getRouteApi('/member/library/m/$module/$type');
const one = getRouteApi('/member/library/m/$module/$type/$id/$event');

export function NewRecordRoute() {
  const params = list.useParams();
  const type = useTypeOfRoute(params);
  return type ? <NewRecordDrawer type={type} place={placeOfModule(params.module, params.type)} /> : null;
}

export function RecordFormRoute() {
  const params = one.useParams();
  const type = useTypeOfRoute(params);
  return type ? (
    <RecordFormDrawer
      key={params.id}
      type={type}
      id={params.id}
      event={params.event}
      place={placeOfModule(params.module, params.type)}
    />
  ) : null;
}
